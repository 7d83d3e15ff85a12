import { QueryError } from '../../../query/query.ts';
import { charactersOf } from './characters.ts';
import { anyOf, either, empty, inOrder, repeated, type Texts } from './texts.ts';

/** What a pattern says of the texts in which it is found. */
export interface ParsedPattern {
  readonly texts: Texts;
  /** Whether it looks ahead or behind, which `texts` does not heed. */
  readonly looksAround: boolean;
}

/** A class, an escape that stands for a character, two of them for one beyond the first plane, or a dot. */
const characterPattern =
  /\[(?:\\.|[^\]\\])*\]|\\u[Dd][89ABab][\dA-Fa-f]{2}\\u[Dd][C-Fc-f][\dA-Fa-f]{2}|\\u\{[\dA-Fa-f]+\}|\\[pP]\{[^}]*\}|\\u[\dA-Fa-f]{4}|\\x[\dA-Fa-f]{2}|\\c[A-Za-z]|\\[^1-9kbB]|\./suy;
const quantifierPattern = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;
const groupPattern = /\((?:\?(?:(<?[=!])|<[^>]*>|[a-z-]*:))?/y;
/** Says where a text begins or ends, or a word in it. */
const assertionPattern = /[$^]|\\[bB]/y;

export interface ParseOptions {
  /** Of alternatives the turn decides which comes first. */
  readonly turn: number;
  /** Only the alternative whose turn it is, and of a class the first character. */
  readonly isPlain: boolean;
  /** How many characters of each kind a class passes over. */
  readonly skipped: number;
}

/**
 * Parses a regular expression that compiles. Assertions count as empty: whether they hold, the expression itself tells of
 * a text.
 *
 * @throws QueryError when it refers back to a group.
 */
export function parsePattern(pattern: RegExp, options: ParseOptions): ParsedPattern {
  const parser = new PatternParser(pattern, options);
  return { texts: parser.parse(), looksAround: parser.looksAround };
}

class PatternParser {
  readonly #source: string;
  readonly #flags: string;
  readonly #options: ParseOptions;
  #at = 0;
  looksAround = false;

  constructor({ source, flags }: RegExp, options: ParseOptions) {
    this.#source = source;
    this.#flags = flags;
    this.#options = options;
  }

  parse(): Texts {
    const options = [this.#alternative()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      options.push(this.#alternative());
    }
    const first = this.#options.turn % options.length;
    const others = this.#options.isPlain ? [] : [...options.slice(first + 1), ...options.slice(0, first)];
    return either([...options.slice(first, first + 1), ...others]);
  }

  #alternative(): Texts {
    const parts: Texts[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at] ?? '')) {
      parts.push(this.#quantified(this.#part()));
    }
    return parts.reduceRight((rest, part) => inOrder(part, rest), empty);
  }

  #quantified(texts: Texts): Texts {
    const quantifier = this.#take(quantifierPattern);
    if (quantifier === undefined) return texts;
    const [, sign, least, comma, most] = quantifier;
    if (sign !== undefined) return repeated(texts, sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY);
    const otherwise = comma === undefined ? Number(least) : Number.POSITIVE_INFINITY;
    return repeated(texts, Number(least), most ? Number(most) : otherwise);
  }

  #part(): Texts {
    const group = this.#take(groupPattern);
    if (group !== undefined) return this.#group(group[1] !== undefined);
    if (this.#take(assertionPattern)) return empty;
    const character = this.#take(characterPattern)?.[0];
    if (character !== undefined) return this.#character(character);
    if (this.#source[this.#at] === '\\') throw new QueryError('it refers back to a group');
    const literal = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += literal.length;
    return anyOf([literal]);
  }

  #character(source: string): Texts {
    const characters = charactersOf(source, this.#flags, this.#options.skipped);
    return anyOf(this.#options.isPlain ? characters.slice(0, 1) : characters);
  }

  #group(looksAround: boolean): Texts {
    const texts = this.parse();
    this.#at += 1;
    if (!looksAround) return texts;
    this.looksAround = true;
    return empty;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source) ?? undefined;
    this.#at += match?.[0].length ?? 0;
    return match;
  }
}
