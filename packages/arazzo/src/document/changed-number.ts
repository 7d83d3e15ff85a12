/** A whole number that is held as another one, since beyond 2^53 not all can be held. */
export interface ChangedNumber {
  readonly written: string;
  readonly held: number;
}

/**
 * The first whole number of a value that is another one in the JSON or YAML from which the value was read. The text is asked
 * for only when there may be one.
 */
export function findChangedNumber(value: unknown, text: () => string): ChangedNumber | undefined {
  const inexact = new Set<number>();
  collectInexact(value, inexact);
  if (inexact.size === 0) return undefined;
  for (const [written] of text().matchAll(/(?<![\d.eE"'])-?\d{16,}(?![\d.eE"'])/g)) {
    if (inexact.has(Number(written)) && isChanged(written)) return { written, held: Number(written) };
  }
  return undefined;
}

/** Whether a value holds any whole number that may be held as another than was written. */
export function mayHoldChanged(value: unknown): boolean {
  const inexact = new Set<number>();
  collectInexact(value, inexact);
  return inexact.size > 0;
}

/** Whether a whole number is held as another than the one that is written. */
export function isChanged(written: string): boolean {
  const held = Number(written);
  // What is longer is written with an exponent, by those who know that it is not exact.
  if (Number.isSafeInteger(held) || !/^[-+]?\d+$/.test(written)) return false;
  return !Number.isFinite(held) || BigInt(written.replace(/^\+/, '')) !== BigInt(held);
}

function collectInexact(value: unknown, found: Set<number>): void {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collectInexact(item, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) collectInexact(member, found);
  }
}
