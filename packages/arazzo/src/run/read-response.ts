import { isDeeper, JSON_LEVELS } from '../document/json.ts';
import { bareMediaType, formatOf } from '../request/media-type.ts';
import type { HttpExchangeResponse } from '../transports/transport.ts';

/**
 * The body of a response as expressions read it: JSON parsed when the content type says JSON, or says nothing and it is;
 * images, archives and the like as base64; everything else as text: XML too, and JSON that is nested deeper than
 * `JSON_LEVELS`. `undefined` when it is empty.
 */
export function readResponseBody({ body, headers }: HttpExchangeResponse): unknown {
  if (body.byteLength === 0) return undefined;
  const contentType = contentTypeOf(headers);
  const mediaType = contentType === undefined ? undefined : bareMediaType(contentType);
  const format = mediaType === undefined ? 'json' : formatOf(mediaType);
  if (format === 'binary') return readBinary(body, mediaType);
  const text = decodeText(body, charsetOf(contentType) ?? (format === 'xml' ? declaredEncoding(body) : undefined));
  return format === 'json' ? parseIfJson(text) : text;
}

/** The text of a body that is JSON or other text. */
export function readResponseText({ body, headers }: HttpExchangeResponse): string {
  return decodeText(body, charsetOf(contentTypeOf(headers)));
}

/** Why a body, which is read as `value`, is text although its content type says JSON, as the end of a sentence. */
export function whyNotJson({ body, headers }: HttpExchangeResponse, value: unknown): string | undefined {
  // Only text is left as it is when it is no JSON.
  if (typeof value !== 'string') return undefined;
  const contentType = contentTypeOf(headers);
  if (contentType === undefined || formatOf(bareMediaType(contentType)) !== 'json') return undefined;
  try {
    const isText = typeof JSON.parse(decodeText(body, charsetOf(contentType))) === 'string';
    return isText ? undefined : `is nested more than ${JSON_LEVELS} levels deep`;
  } catch {
    return 'is no JSON, which its content type says';
  }
}

function contentTypeOf(headers: HttpExchangeResponse['headers']): string | undefined {
  return Object.hasOwn(headers, 'content-type') ? headers['content-type']?.[0] : undefined;
}

function parseIfJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // Every level takes two characters, so that most bodies need no look.
    return text.length > 2 * JSON_LEVELS && isDeeper(value, JSON_LEVELS) ? text : value;
  } catch {
    return text;
  }
}

/** Servers that do not know say `application/octet-stream`, so that is text when it can be. */
function readBinary(body: Uint8Array, mediaType: string | undefined): string {
  if (mediaType === 'application/octet-stream') {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(body);
    } catch {
      // It is no text, then.
    }
  }
  return Buffer.from(body).toString('base64');
}

function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1];
}

const DECLARATION_LENGTH = 200;

/** Of the XML declaration (XML 1.0 §4.3.3), when it can be read as ASCII. */
function declaredEncoding(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.subarray(0, DECLARATION_LENGTH)).toString('latin1');
  return /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(start)?.[1];
}

const byteOrderMark = '\ufeff';

/** An encoding that is unknown is read as UTF-8, and what does not fit becomes U+FFFD. */
function decodeText(body: Uint8Array, encoding: string | undefined): string {
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) return decodeUtf8(body);
  try {
    return new TextDecoder(encoding).decode(body);
  } catch {
    return decodeUtf8(body);
  }
}

/** Short texts take a decoder of the Encoding Standard longer than a buffer. */
function decodeUtf8(body: Uint8Array): string {
  const buffer = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = buffer.toString('utf8');
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
