import { isRecord } from '../../document/json.ts';
import { formatOf } from '../../request/media-type.ts';

/** Writes a body for its media type. A text is taken to be written already, except as JSON. */
export function writeBody(mediaType: string, value: unknown): Uint8Array {
  return new TextEncoder().encode(writeText(mediaType, value));
}

function writeText(mediaType: string, value: unknown): string {
  if (formatOf(mediaType) === 'json') return JSON.stringify(value) ?? '';
  if (typeof value === 'string') return value;
  if (/[/+]xml$/.test(mediaType)) return writeElement('root', value);
  return JSON.stringify(value) ?? '';
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
