import { isRecord } from '../../document/json.ts';
import { rootNameOf, type Schema } from '../../document/openapi/schema.ts';
import { formatOf } from '../../request/media-type.ts';
import { Refusal } from '../../request/refusal.ts';
import { serializeXml } from '../../request/serialize-xml.ts';

/** Writes a body for its media type, XML by its schema. A text is taken to be written already, except as JSON. */
export function writeBody(mediaType: string, value: unknown, schema?: Schema): Uint8Array {
  return new TextEncoder().encode(writeText(mediaType, value, schema));
}

function writeText(mediaType: string, value: unknown, schema: Schema | undefined): string {
  if (formatOf(mediaType) === 'json') return JSON.stringify(value) ?? '';
  if (typeof value === 'string') return value;
  if (/[/+]xml$/.test(mediaType)) return writeXml(value, schema);
  return JSON.stringify(value) ?? '';
}

/** Without a name for the root element, or with what XML cannot hold, it is written in plain elements. */
function writeXml(value: unknown, schema: Schema | undefined): string {
  if (rootNameOf(schema) === undefined || (!isRecord(value) && !Array.isArray(value)))
    return writeElement('root', value);
  try {
    return serializeXml(value, schema);
  } catch (error) {
    if (error instanceof Refusal) return writeElement('root', value);
    throw error;
  }
}

function writeElement(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => writeElement(name, item)).join('');
  const content = isRecord(value)
    ? Object.entries(value)
        .map(([member, inner]) => writeElement(member, inner))
        .join('')
    : String(value ?? '').replaceAll(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
  const tag = name.replaceAll(/[^\w.-]/g, '_').replace(/^(?=[\d.-])/, '_');
  return `<${tag}>${content}</${tag}>`;
}
