const letters = 'abcdefghijklmnopqrstuvwxyz';
/** In the order that texts have them. */
const kinds: readonly string[] = [letters, letters.toUpperCase(), '1234567890', '-_.!"#$%&\'()*+,/:;<=>?@[\\]^`{|}~'];

/** Ranges of code points beyond those kinds: space, other scripts and symbols, and control characters where nothing else will do. */
const others: readonly (readonly [from: number, to: number])[] = [
  [0x20, 0x20],
  [0xa1, 0x1ffff],
  [0x00, 0x1f],
  [0x7f, 0xa0],
];

/**
 * What a part of a pattern that stands for one character, such as `[^,]` or `\d`, matches: a letter in small, one in
 * capitals, a digit and a sign, as far as it does; else one other character; empty when there is none. Of each kind it is the
 * first after as many as are skipped, round again at its end. The regular expression itself decides, so that every class
 * means here what it means there.
 */
export function charactersOf(source: string, flags: string, skipped: number): readonly string[] {
  const pattern = new RegExp(`^(?:${source})$`, flags);
  const usual = kinds.flatMap((kind) => {
    const start = skipped % kind.length;
    return [...kind.slice(start), ...kind.slice(0, start)].find((character) => pattern.test(character)) ?? [];
  });
  return usual.length > 0 ? usual : findOther(pattern);
}

function findOther(pattern: RegExp): readonly string[] {
  for (const [from, to] of others) {
    for (let code = from; code <= to; code += 1) {
      const character = String.fromCodePoint(code);
      if (pattern.test(character)) return [character];
    }
  }
  return [];
}
