import { formatOf } from '../check/media-type.ts';
import type { HttpExchangeResponse } from '../transports/transport.ts';

/**
 * The body of a response as expressions read it: JSON parsed when the content type says JSON, or says nothing and it is;
 * otherwise text. `undefined` when it is empty.
 */
export function readResponseBody(response: HttpExchangeResponse): unknown {
  if (response.body.byteLength === 0) return undefined;
  const text = new TextDecoder('utf-8').decode(response.body);
  const contentType = Object.hasOwn(response.headers, 'content-type')
    ? response.headers['content-type']?.[0]
    : undefined;
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== undefined && formatOf(mediaType) !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
