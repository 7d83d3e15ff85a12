import type { Operation } from '../document/openapi/operation.ts';
import type { AnalyzedBody } from './analysis.ts';

/** How a payload of a media type is written. */
export type BodyFormat = 'json' | 'form' | 'text' | 'unsupported';

/**
 * The media type of a request body without its parameters: that of the step, else the operation's — JSON if it accepts
 * JSON, otherwise its first (Arazzo 1.0.1 §Request Body Object) — else JSON.
 */
export function mediaTypeOf(body: AnalyzedBody, operation: Operation): string {
  const types = operation.body?.contents.map((content) => bareMediaType(content.mediaType)) ?? [];
  const concrete = types.filter((type) => !type.includes('*'));
  const preferred = concrete.find((type) => formatOf(type) === 'json') ?? concrete[0] ?? 'application/json';
  return body.contentType === undefined ? preferred : bareMediaType(body.contentType);
}

/** A media type in lower case without its parameters. */
export function bareMediaType(text: string): string {
  return (text.split(';')[0] ?? text).trim().toLowerCase();
}

/** How payloads of a media type are written; multipart bodies are not supported yet. */
export function formatOf(mediaType: string): BodyFormat {
  if (/^application\/json$|\+json$/.test(mediaType)) return 'json';
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  return mediaType.startsWith('multipart/') ? 'unsupported' : 'text';
}
