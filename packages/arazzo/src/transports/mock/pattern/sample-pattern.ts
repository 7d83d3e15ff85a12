import { compilePattern } from '../../../query/compile-pattern.ts';
import { QueryError } from '../../../query/query.ts';
import { withinTimeLimit } from '../../../query/time-limit.ts';
import { parsePattern } from './parse-pattern.ts';
import { anyOf, has, inOrder, repeated, type Texts } from './texts.ts';

export interface PatternOptions {
  /** A text that will do when the pattern is found in it. */
  readonly usual: string;
  /** How many characters the text may have. */
  readonly least: number;
  readonly most: number;
  /** Decides between alternatives. */
  readonly turn: number;
  /** Asks for another text: how many characters of each kind a class passes over; none by default. */
  readonly skipped?: number;
}

/** `reason` is the end of a sentence. */
export type PatternSample =
  | { readonly kind: 'sampled'; readonly text: string }
  | { readonly kind: 'unmet'; readonly reason: string };

/** Milliseconds that one pattern may take. */
const MAX_MILLISECONDS = 500;
/** Lengths that are tried besides the least: what looks ahead may ask for characters of several kinds. */
const roomyLengths = [8, 16, 32];

/**
 * A text in which a pattern is found (JSON Schema 2020-12 §pattern: anywhere, unless it is anchored), held against the
 * pattern itself before it is given. Look-arounds are only held against what the rest of the pattern leads to, and
 * references back to groups are not followed.
 */
export function samplePattern(source: string, options: PatternOptions): PatternSample {
  const pattern = compilePattern(source);
  if (typeof pattern === 'string') return { kind: 'unmet', reason: `it is no regular expression: ${pattern}` };
  try {
    return withinTimeLimit(() => search(pattern, options), MAX_MILLISECONDS);
  } catch (error) {
    if (error instanceof QueryError) return { kind: 'unmet', reason: error.message };
    throw error;
  }
}

function search(pattern: RegExp, options: PatternOptions): PatternSample {
  const { usual, least, most, turn, skipped = 0 } = options;
  const fits = (text: string): boolean => {
    const { length } = [...text];
    return length >= least && length <= most && pattern.test(text);
  };
  if (fits(usual)) return { kind: 'sampled', text: usual };
  let looksAround = false;
  for (const isPlain of [true, false]) {
    const parsed = parsePattern(pattern, { turn, isPlain, skipped });
    looksAround = parsed.looksAround;
    for (const text of candidatesOf(parsed.texts, options)) if (fits(text)) return { kind: 'sampled', text };
  }
  const found = `no text of ${least} to ${most} characters was found`;
  return {
    kind: 'unmet',
    reason: looksAround ? `${found}, and it looks ahead or behind, which is not followed` : found,
  };
}

/** Texts with nothing around what the pattern asks for come first. */
function* candidatesOf(texts: Texts, { least, most }: PatternOptions): Iterable<string> {
  const filling = repeated(anyOf(['x']), 0, Number.POSITIVE_INFINITY);
  for (const whole of [texts, inOrder(texts, filling), inOrder(filling, texts)]) {
    // What is empty is the last choice.
    for (const wanted of [Math.max(least, 1), ...roomyLengths, least]) {
      const length = lengthFrom(whole, Math.max(least, wanted), most);
      if (length !== undefined) yield whole.write(length, 0);
    }
  }
}

/** The least length from `wanted` to `most` that there is. */
function lengthFrom(texts: Texts, wanted: number, most: number): number | undefined {
  for (let length = wanted; length <= most; length += 1) if (has(texts, length)) return length;
  return undefined;
}
