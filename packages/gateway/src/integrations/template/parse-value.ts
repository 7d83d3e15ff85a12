import { type Cursor, descend, describeNext, expectText, fail, skipBlanks, take, takeText } from './cursor.ts';
import { parseString } from './parse-string.ts';
import type { Expression, Reference, ReferenceStep } from './syntax-tree.ts';

const referenceStartPattern = /\$(!?)(\{?)(?!(?:true|false)(?![\w-]))([a-zA-Z_][\w-]*)/y;
const propertyPattern = /\.(?=[a-zA-Z])(?:(true|false)(?![\w-]))?([a-zA-Z][\w-]*)?/y;

/** A bare word after the parenthesis, or nothing, makes it text. */
const callPattern = /\((?!$|(?!(?:true|false)(?![\w-]))[a-zA-Z_])/y;

/**
 * Parses a reference: `$a.b`, `$!{a.b(1)[0]}`. Nothing is taken when the text at the cursor is none; once it begins as one,
 * an index, a call or a brace that is left open is an error.
 */
export function parseReference(cursor: Cursor): Reference | undefined {
  const start = cursor.position;
  const match = take(cursor, referenceStartPattern);
  if (!match) return undefined;
  const [, quiet, brace, name = ''] = match;
  const steps = parseSteps(cursor);
  if (brace) expectText(cursor, '}', `to close the reference "${cursor.text.slice(start, cursor.position)}"`);
  return {
    kind: 'reference',
    name,
    steps,
    isQuiet: quiet === '!',
    source: cursor.text.slice(start, cursor.position),
  };
}

/** The properties, calls and indexes that follow a name. */
export function parseSteps(cursor: Cursor): readonly ReferenceStep[] {
  const steps: ReferenceStep[] = [];
  for (;;) {
    if (takeText(cursor, '[')) {
      steps.push({ kind: 'index', index: parseIndex(cursor) });
      continue;
    }
    const start = cursor.position;
    const [, keyword, name] = take(cursor, propertyPattern) ?? [];
    if (keyword) fail(cursor, `"${keyword}" cannot be the name of a property.`, start + 1);
    if (!name) return steps;
    steps.push(take(cursor, callPattern) ? parseMethod(cursor, name) : { kind: 'property', name });
  }
}

function parseMethod(cursor: Cursor, name: string): ReferenceStep {
  const parameters: Expression[] = [];
  skipBlanks(cursor);
  if (takeText(cursor, ')')) return { kind: 'method', name, parameters };
  do {
    parameters.push(parseOperand(cursor, `as a parameter of "${name}"`));
    skipBlanks(cursor);
  } while (takeText(cursor, ','));
  expectText(cursor, ')', `to close the parameters of "${name}"`);
  return { kind: 'method', name, parameters };
}

function parseIndex(cursor: Cursor): Expression {
  skipBlanks(cursor);
  const start = cursor.position;
  const index = parseOperand(cursor, 'as an index');
  if (!indexKinds.has(index.kind)) fail(cursor, 'A string, an integer or a reference is expected as an index.', start);
  skipBlanks(cursor);
  expectText(cursor, ']', 'to close the index');
  return index;
}

const indexKinds: ReadonlySet<Expression['kind']> = new Set([
  'string',
  'interpolated',
  'integer',
  'boolean',
  'reference',
]);

/** Parses what may stand as a parameter: everything but operators. */
function parseOperand(cursor: Cursor, purpose: string): Expression {
  const operand = descend(cursor, tryOperand);
  return operand ?? fail(cursor, `A value is expected ${purpose}, not ${describeNext(cursor)}.`);
}

/** Takes nothing when there is no operand at the cursor. */
export function tryOperand(cursor: Cursor): Expression | undefined {
  skipBlanks(cursor);
  const character = cursor.text[cursor.position];
  if (character === '"' || character === "'") return parseString(cursor);
  if (character === '$') return parseReference(cursor);
  if (character === '[') return parseListOrRange(cursor);
  if (character === '{') return parseMap(cursor);
  return parseNumber(cursor) ?? parseBoolean(cursor);
}

const numberPattern = /-?(?:\d+(?=\.\.)|\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+(?:[eE][+-]?\d+)?)/y;

/** An integer that ".." follows is the beginning of a range, never the start of a fraction. */
function parseNumber(cursor: Cursor): Expression | undefined {
  const source = take(cursor, numberPattern)?.[0];
  if (source === undefined) return undefined;
  if (/^-?\d+$/.test(source)) return { kind: 'integer', value: BigInt(source), source };
  return { kind: 'double', value: Number(source), source };
}

const booleanPattern = /(true|false)(?![\w@])/y;

function parseBoolean(cursor: Cursor): Expression | undefined {
  const source = take(cursor, booleanPattern)?.[0];
  return source === undefined ? undefined : { kind: 'boolean', value: source === 'true', source };
}

function parseListOrRange(cursor: Cursor): Expression {
  const start = cursor.position;
  cursor.position += 1;
  if (takeText(cursor, ']')) return { kind: 'list', items: [], source: '[]' };
  const items = [parseOperand(cursor, 'in the list')];
  skipBlanks(cursor);
  const [first] = items;
  if (first && takeText(cursor, '..')) return parseRange(cursor, first, start);
  while (takeText(cursor, ',')) {
    items.push(parseOperand(cursor, 'in the list'));
    skipBlanks(cursor);
  }
  expectText(cursor, ']', 'to close the list');
  return { kind: 'list', items, source: cursor.text.slice(start, cursor.position) };
}

function parseRange(cursor: Cursor, first: Expression, start: number): Expression {
  const last = parseOperand(cursor, 'as the end of the range');
  for (const limit of [first, last]) {
    if (limit.kind !== 'integer' && limit.kind !== 'reference') {
      fail(cursor, 'A range goes from one integer or reference to another.', start);
    }
  }
  skipBlanks(cursor);
  expectText(cursor, ']', 'to close the range');
  return { kind: 'range', first, last, source: cursor.text.slice(start, cursor.position) };
}

function parseMap(cursor: Cursor): Expression {
  const start = cursor.position;
  cursor.position += 1;
  const entries: [Expression, Expression][] = [];
  skipBlanks(cursor);
  if (!takeText(cursor, '}')) {
    do {
      const key = parseOperand(cursor, 'as a key of the map');
      skipBlanks(cursor);
      expectText(cursor, ':', 'after the key');
      entries.push([key, parseOperand(cursor, 'in the map')]);
      skipBlanks(cursor);
    } while (takeText(cursor, ','));
    expectText(cursor, '}', 'to close the map');
  }
  return { kind: 'map', entries, source: cursor.text.slice(start, cursor.position) };
}
