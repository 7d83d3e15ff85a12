import { isRecord, readJson } from './json.ts';

/**
 * Checks that a text is a schema of JSON Schema draft 4: JSON, an object, and every keyword that the draft's meta-schema
 * names with a value of the kind it asks for, at every depth. References are not followed: `model-schema.ts` compiles them.
 *
 * See the JSON Schema draft 4 core and validation specifications.
 *
 * @returns a sentence about the first thing that does not fit; `undefined` when the schema is valid.
 */
export function checkJsonSchema(text: string): string | undefined {
  const schema = readJson(text);
  if (schema === undefined) return 'the schema is not JSON.';
  if (isDeeperThan(maximumLevels, schema)) return `the schema is nested deeper than ${maximumLevels} levels.`;
  return checkSchema(schema, '#', 0);
}

type Check = (value: unknown, place: string, depth: number) => string | undefined;

/** Deeper than schemas are; a schema is at most 32 KB of text. */
const maximumDepth = 64;

/** Of all that a schema holds, values without meaning included: a schema takes two at most, a keyword's and a name's. */
const maximumLevels = 2 * maximumDepth;

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(levels - 1, item));
}

const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const checkSchema: Check = (schema, place, depth) => {
  if (depth > maximumDepth) return `${place} is nested deeper than ${maximumDepth} levels.`;
  if (!isRecord(schema)) return expected(place, schema, 'an object');
  for (const [keyword, value] of Object.entries(schema)) {
    const check = keywords.get(keyword);
    const problem = check?.(value, `${place}/${keyword}`, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

const that =
  (isRight: (value: unknown) => boolean, what: string): Check =>
  (value, place) =>
    isRight(value) ? undefined : expected(place, value, what);

const isText = that((value) => typeof value === 'string', 'a string');
const isNumber = that((value) => typeof value === 'number', 'a number');
const isFlag = that((value) => typeof value === 'boolean', 'true or false');
const isCount = that((value) => Number.isInteger(value) && Number(value) >= 0, 'a whole number from 0');
const isPattern = that((value) => typeof value === 'string' && compiles(value), 'a regular expression');
const isNameList = that(
  (value) => isUniqueList(value) && value.every((item) => typeof item === 'string'),
  'a list of at least one name, each once',
);

const schemaList: Check = (value, place, depth) => {
  if (!Array.isArray(value) || value.length === 0) return expected(place, value, 'a list of at least one schema');
  return first(value.entries(), (index, item) => checkSchema(item, `${place}/${index}`, depth));
};

const schemaMap =
  (check: Check): Check =>
  (value, place, depth) =>
    isRecord(value)
      ? first(Object.entries(value), (name, item) => check(item, `${place}/${name}`, depth))
      : expected(place, value, 'an object');

const flagOrSchema: Check = (value, place, depth) =>
  typeof value === 'boolean' ? undefined : checkSchema(value, place, depth);

const keywords: ReadonlyMap<string, Check> = new Map([
  ['$schema', that((value) => typeof value === 'string' && isDraft4(value), 'http://json-schema.org/draft-04/schema#')],
  ['$ref', isText],
  ['id', isText],
  ['title', isText],
  ['description', isText],
  ['format', isText],
  ['type', that(isType, `one of ${typeNames.join(', ')}, or a list of them`)],
  ['enum', that(isUniqueList, 'a list of at least one value, each once')],
  ['multipleOf', that((value) => typeof value === 'number' && value > 0, 'a number greater than 0')],
  ['maximum', isNumber],
  ['minimum', isNumber],
  ['exclusiveMaximum', isFlag],
  ['exclusiveMinimum', isFlag],
  ['maxLength', isCount],
  ['minLength', isCount],
  ['maxItems', isCount],
  ['minItems', isCount],
  ['maxProperties', isCount],
  ['minProperties', isCount],
  ['uniqueItems', isFlag],
  ['pattern', isPattern],
  ['required', isNameList],
  ['items', (value, place, depth) => (Array.isArray(value) ? schemaList : checkSchema)(value, place, depth)],
  ['additionalItems', flagOrSchema],
  ['additionalProperties', flagOrSchema],
  ['properties', schemaMap(checkSchema)],
  ['patternProperties', schemaMap(checkSchema)],
  ['definitions', schemaMap(checkSchema)],
  [
    'dependencies',
    schemaMap((value, place, depth) => (Array.isArray(value) ? isNameList : checkSchema)(value, place, depth)),
  ],
  ['allOf', schemaList],
  ['anyOf', schemaList],
  ['oneOf', schemaList],
  ['not', checkSchema],
]);

function isType(value: unknown): boolean {
  const isName = (name: unknown): boolean => typeof name === 'string' && typeNames.includes(name);
  return isName(value) || (isUniqueList(value) && value.every(isName));
}

function isUniqueList(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) && value.length > 0 && new Set(value.map((item) => JSON.stringify(item))).size === value.length
  );
}

function isDraft4(uri: string): boolean {
  return /^https?:\/\/json-schema\.org\/(draft-04\/)?schema#?$/.test(uri);
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function first<Key>(
  entries: Iterable<[Key, unknown]>,
  check: (key: Key, item: unknown) => string | undefined,
): string | undefined {
  for (const [key, item] of entries) {
    const problem = check(key, item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function expected(place: string, value: unknown, what: string): string {
  const text = JSON.stringify(value);
  return `${place} is ${text.length > 100 ? `${text.slice(0, 100)}…` : text}; expected ${what}.`;
}
