/** Finds secrets in texts: as they are and in Base64, as URLs, forms, JSON and XML spell them. */
export interface SecretFinder {
  /** Looks for a secret of `shortestSecret` characters at least from now on. */
  add(secret: string): void;
  /** The text with the replacement in the place of each secret; of those that begin at one place, of the longest. */
  replace(text: string, replacement: string): string;
}

/** Shorter ones are not found: by chance there would be too many. */
export const shortestSecret = 3;

/** The spellings of each character in turn; of `optional` ones at the end, none need be there. */
interface Wanted {
  readonly characters: readonly Spellings[];
  readonly optional: number;
}

type Spellings = readonly string[];

export function createSecretFinder(): SecretFinder {
  /** By their first code unit, then by as many of them as the shortest has: so few are held against one place of a text. */
  const wanted = new Map<number, Map<string, Wanted[]>>();
  const addAs = (beginning: string, one: Wanted): void => {
    const first = beginning.charCodeAt(0);
    const alike = wanted.get(first) ?? new Map<string, Wanted[]>();
    wanted.set(first, alike.set(beginning, [...(alike.get(beginning) ?? []), one]));
  };
  return {
    add(secret) {
      for (const one of spellAll(secret)) {
        for (const beginning of beginningsOf(one.characters)) addAs(beginning, one);
      }
    },
    replace(text, replacement) {
      let replaced = '';
      let copied = 0;
      for (let at = 0; at < text.length && wanted.size > 0; at += 1) {
        const candidates = wanted.get(text.charCodeAt(at))?.get(text.slice(at, at + shortestSecret)) ?? [];
        const end = candidates.reduce((longest, candidate) => Math.max(longest, endOf(text, at, candidate)), at);
        if (end === at) continue;
        replaced += text.slice(copied, at) + replacement;
        copied = end;
        at = end - 1;
      }
      return copied === 0 ? text : replaced + text.slice(copied);
    },
  };
}

/** The first code units that what is wanted may have, as many as the shortest secret has. */
function beginningsOf(characters: readonly Spellings[]): ReadonlySet<string> {
  let beginnings = new Set(['']);
  for (const spellings of characters.slice(0, shortestSecret)) {
    const longer = [...beginnings].flatMap((text) => {
      return text.length < shortestSecret ? spellings.map((spelling) => text + spelling) : [text];
    });
    beginnings = new Set(longer.map((text) => text.slice(0, shortestSecret)));
  }
  return beginnings;
}

/** Where what begins at a place of the text ends; -1 when it does not begin there. */
function endOf(text: string, at: number, { characters, optional }: Wanted): number {
  // One spelling may begin as another does, so there may be several ends, though seldom.
  let ends: readonly number[] = [at];
  for (let index = 0; index < characters.length; index += 1) {
    const next = endsOf(text, ends, characters[index] ?? []);
    if (next.length === 0) return index < characters.length - optional ? -1 : Math.max(...ends);
    ends = next;
  }
  return Math.max(...ends);
}

function endsOf(text: string, starts: readonly number[], spellings: Spellings): readonly number[] {
  const ends: number[] = [];
  for (const start of starts) {
    for (const spelling of spellings) {
      const end = start + spelling.length;
      if (text.startsWith(spelling, start) && !ends.includes(end)) ends.push(end);
    }
  }
  return ends;
}

function spellAll(secret: string): readonly Wanted[] {
  const encoded = Buffer.from(secret).toString('base64');
  return [
    { characters: [...secret].map(spell), optional: 0 },
    { characters: [...encoded].map(spellBase64), optional: encoded.length - encoded.replace(/=+$/, '').length },
  ];
}

/** In URLs and names of files two characters stand for others (RFC 4648 §5). */
function spellBase64(character: string): Spellings {
  const instead = { '+': '-', '/': '_' }[character];
  return instead === undefined ? spell(character) : [...spell(character), instead];
}

/** How XML and HTML refer to the characters that mean something in them: by name, and by number in decimal and hexadecimal. */
const entities: ReadonlyMap<string, readonly string[]> = new Map([
  ['&', ['&amp;', '&#38;', '&#x26;']],
  ['<', ['&lt;', '&#60;', '&#x3c;', '&#x3C;']],
  ['>', ['&gt;', '&#62;', '&#x3e;', '&#x3E;']],
  ['"', ['&quot;', '&#34;', '&#x22;']],
  ["'", ['&apos;', '&#39;', '&#x27;']],
]);

/** A character by itself: which ones are encoded differs from place to place. */
function spell(character: string): Spellings {
  if (/^[\w-]$/.test(character)) return [character];
  const inJson = JSON.stringify(character).slice(1, -1);
  const texts = [character, inJson, ...(entities.get(character) ?? [])];
  const spellings = texts.flatMap((text) => [text, encode(text), encode(text).toLowerCase()]);
  if (character === ' ') spellings.push('+');
  return [...new Set(spellings)];
}

/** Every byte percent-encoded. */
function encode(text: string): string {
  return Buffer.from(text).toString('hex').toUpperCase().replaceAll(/../g, '%$&');
}
