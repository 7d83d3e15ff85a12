import { maxJsonDepth } from './bounds.ts';
import { formatDouble } from './java-text.ts';
import { boundText, descendInto, type Rendering, RenderingError, spend } from './rendering.ts';
import { makeDouble, makeInteger, makeList, makeMap, putEntry, type Value } from './value.ts';

interface JsonCursor {
  readonly text: string;
  position: number;
}

/**
 * Reads JSON text into values, numbers as Java's readers do: `1` is an Integer, `1.0` a Double. `undefined` when the text is
 * no JSON, or is nested more than 100 times. Of members of one name the last counts.
 */
export function readJson(text: string): Value | undefined {
  const cursor: JsonCursor = { text, position: 0 };
  const value = readValue(cursor, 0);
  takeJson(cursor, blankPattern);
  return cursor.position === text.length ? value : undefined;
}

const blankPattern = /[ \t\r\n]*/y;
const numberPattern = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a string cannot contain.
const stringPattern = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const wordPattern = /true|false|null/y;

function takeJson(cursor: JsonCursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.position;
  const match = pattern.exec(cursor.text);
  if (match) cursor.position += match[0].length;
  return match ?? undefined;
}

function readValue(cursor: JsonCursor, depth: number): Value | undefined {
  takeJson(cursor, blankPattern);
  switch (cursor.text[cursor.position]) {
    case '{':
      return depth < maxJsonDepth ? readObject(cursor, depth + 1) : undefined;
    case '[':
      return depth < maxJsonDepth ? readArray(cursor, depth + 1) : undefined;
    case '"':
      return readString(cursor);
    case 't':
    case 'f':
    case 'n':
      return readWord(cursor);
    default:
      return readNumber(cursor);
  }
}

function readString(cursor: JsonCursor): string | undefined {
  const literal = takeJson(cursor, stringPattern)?.[0];
  return literal === undefined ? undefined : (JSON.parse(literal) as string);
}

function readWord(cursor: JsonCursor): Value | undefined {
  const word = takeJson(cursor, wordPattern)?.[0];
  if (word === undefined) return undefined;
  return word === 'null' ? null : word === 'true';
}

function readNumber(cursor: JsonCursor): Value | undefined {
  const [literal, whole = '', fraction, exponent] = takeJson(cursor, numberPattern) ?? [];
  if (literal === undefined) return undefined;
  const isInteger = fraction === undefined && exponent === undefined;
  // Longer ones than a BigInteger of the template may be are of no use, and slow to read.
  return isInteger && whole.length <= maxIntegerDigits ? makeInteger(BigInt(whole)) : makeDouble(Number(literal));
}

const maxIntegerDigits = 1000;

function isNext(cursor: JsonCursor, character: string): boolean {
  takeJson(cursor, blankPattern);
  if (cursor.text[cursor.position] !== character) return false;
  cursor.position += 1;
  return true;
}

function readArray(cursor: JsonCursor, depth: number): Value | undefined {
  cursor.position += 1;
  const items: Value[] = [];
  if (isNext(cursor, ']')) return makeList(items);
  do {
    const item = readValue(cursor, depth);
    if (item === undefined) return undefined;
    items.push(item);
  } while (isNext(cursor, ','));
  return isNext(cursor, ']') ? makeList(items) : undefined;
}

function readObject(cursor: JsonCursor, depth: number): Value | undefined {
  cursor.position += 1;
  const map = makeMap();
  if (isNext(cursor, '}')) return map;
  do {
    takeJson(cursor, blankPattern);
    const name = readString(cursor);
    if (name === undefined || !isNext(cursor, ':')) return undefined;
    const value = readValue(cursor, depth);
    if (value === undefined) return undefined;
    putEntry(map, name, value);
  } while (isNext(cursor, ','));
  return isNext(cursor, '}') ? map : undefined;
}

/** JSON text of a value, without blanks. Keys become texts; what JSON does not have is refused. */
export function writeJson(rendering: Rendering, value: Value): string {
  spend(rendering, 1);
  if (value === null || typeof value !== 'object') return boundText(rendering, JSON.stringify(value));
  switch (value.kind) {
    case 'integer':
      return value.value.toString();
    case 'double':
      return formatDouble(value.value);
    case 'list':
    case 'set':
      return writeItems(rendering, '[', value.items, ']', (item) => writeJson(rendering, item));
    case 'map':
      return writeItems(
        rendering,
        '{',
        [...value.entries.values()],
        '}',
        (entry) => `${JSON.stringify(String(entry.key))}:${writeJson(rendering, entry.value)}`,
      );
    default:
      throw new RenderingError('A value that is not from JSON cannot be written as JSON.');
  }
}

function writeItems<Item>(
  rendering: Rendering,
  open: string,
  items: readonly Item[],
  close: string,
  writeItem: (item: Item) => string,
): string {
  return descendInto(rendering, () => boundText(rendering, `${open}${items.map(writeItem).join(',')}${close}`));
}
