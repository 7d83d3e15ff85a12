/** The texts that a part of a pattern matches, as far as their lengths tell them apart. */
export interface Texts {
  /** Bit n is set where one of them has n characters. */
  readonly lengths: bigint;
  /** One of them that is so long, where there is one. `at` is how many characters stand before it. */
  write(length: number, at: number): string;
}

/** Longer texts are not made up. */
const MAX_LENGTH = 1_000;

const allLengths = (1n << BigInt(MAX_LENGTH + 1)) - 1n;

export function has({ lengths }: Texts, length: number): boolean {
  return ((lengths >> BigInt(length)) & 1n) === 1n;
}

export const empty: Texts = { lengths: 1n, write: () => '' };

/** One of several characters. They take turns by where they stand, so that a longer text has some of each. */
export function anyOf(characters: readonly string[]): Texts {
  return {
    lengths: characters.length === 0 ? 0n : 2n,
    write: (_, at) => characters[at % characters.length] ?? '',
  };
}

/** The first of several that has the length. */
export function either(options: readonly Texts[]): Texts {
  return {
    lengths: options.reduce((lengths, option) => lengths | option.lengths, 0n),
    write: (length, at) => options.find((option) => has(option, length))?.write(length, at) ?? '',
  };
}

/** One after the other, the first as short as it can be. */
export function inOrder(first: Texts, second: Texts): Texts {
  return {
    lengths: sums(first.lengths, second.lengths),
    write(length, at) {
      let taken = 0;
      while (taken < length && !(has(first, taken) && has(second, length - taken))) taken += 1;
      return first.write(taken, at) + second.write(length - taken, at + taken);
    },
  };
}

/** From `least` to `most` times, as seldom as the length allows. */
export function repeated(texts: Texts, least: number, most: number): Texts {
  const counts: Texts[] = [];
  let lengths = 0n;
  let times = empty;
  for (let count = 0; count <= most; count += 1) {
    const more = inOrder(texts, times);
    // Longer than any text, or empty at times and so no longer than this: it goes on like this however often.
    const stays = more.lengths === times.lengths;
    if (count >= least || stays) {
      // Where one more adds no length, neither do those after it.
      if ((lengths | times.lengths) === lengths) break;
      lengths |= times.lengths;
      counts.push(times);
    }
    if (stays) break;
    times = more;
  }
  return either(counts);
}

/** Every length of one and every length of the other together. */
function sums(left: bigint, right: bigint): bigint {
  const bits = left.toString(2);
  let lengths = 0n;
  for (let at = bits.indexOf('1'); at !== -1; at = bits.indexOf('1', at + 1)) {
    lengths |= right << BigInt(bits.length - 1 - at);
  }
  return lengths & allLengths;
}
