import { samplePattern } from './pattern/sample-pattern.ts';

/** Reads a keyword of a schema. */
export type ReadKeyword = (name: string) => unknown;

/** A valid text for each format (JSON Schema 2020-12 §Defined Formats, OpenAPI 3.1 §Data Types). */
const formats: ReadonlyMap<unknown, string> = new Map([
  ['date-time', '2024-01-01T00:00:00Z'],
  ['date', '2024-01-01'],
  ['time', '00:00:00Z'],
  ['duration', 'PT1H'],
  ['email', 'user@example.com'],
  ['idn-email', 'user@example.com'],
  ['hostname', 'example.com'],
  ['idn-hostname', 'example.com'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['uri', 'https://example.com/'],
  ['url', 'https://example.com/'],
  ['iri', 'https://example.com/'],
  ['uri-reference', '/example'],
  ['uuid', '00000000-0000-4000-8000-000000000000'],
  ['byte', 'c2FtcGxl'],
  ['json-pointer', '/example'],
  ['regex', '.*'],
]);

const MAX_LENGTH = 1_000;

/** `unmet` says, as the end of a sentence, why the pattern of the schema is not found in the text. */
export interface SampledText {
  readonly text: string;
  readonly unmet?: string;
}

/**
 * A text: of its format, else the name it is asked for by, as long as the schema wants it; where its pattern asks for
 * another, that one.
 */
export function sampleText(read: ReadKeyword, name: string, turn: number): SampledText {
  const least = lengthOf(read('minLength'), 0);
  const most = Math.max(least, lengthOf(read('maxLength'), MAX_LENGTH));
  const usual = formats.get(read('format')) ?? name.padEnd(least, 'x').slice(0, most);
  const pattern = read('pattern');
  if (typeof pattern !== 'string') return { text: usual };
  const sample = samplePattern(pattern, { usual, least, most, turn });
  return sample.kind === 'sampled' ? { text: sample.text } : { text: usual, unmet: sample.reason };
}

function lengthOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? Math.min(value, MAX_LENGTH) : otherwise;
}

/** The number nearest to 1 that the bounds allow; their exclusive forms as numbers, or as booleans (OpenAPI 3.0). */
export function sampleNumber(read: ReadKeyword, whole: boolean): number {
  const unit = whole ? 1 : 0.5;
  const least = boundOf(read('minimum'), read('exclusiveMinimum'), unit) ?? Number.NEGATIVE_INFINITY;
  const most = boundOf(read('maximum'), read('exclusiveMaximum'), -unit) ?? Number.POSITIVE_INFINITY;
  const value = Math.min(Math.max(1, least), most);
  const multiple = read('multipleOf');
  if (typeof multiple === 'number' && multiple > 0) {
    const above = Math.ceil(value / multiple) * multiple;
    return above <= most ? above : Math.floor(most / multiple) * multiple;
  }
  if (!whole) return value;
  return Math.ceil(value) <= most ? Math.ceil(value) : Math.floor(value);
}

function boundOf(inclusive: unknown, exclusive: unknown, unit: number): number | undefined {
  const outside = exclusive === true ? inclusive : exclusive;
  if (typeof outside === 'number') {
    const next = outside + unit;
    return Math.abs(unit) === 1 ? (unit > 0 ? Math.floor(next) : Math.ceil(next)) : next;
  }
  return typeof inclusive === 'number' ? inclusive : undefined;
}
