import type { BodyContent, Operation } from '../document/openapi/operation.ts';

/** How a payload of a media type is written. */
export type BodyFormat = 'json' | 'form' | 'multipart' | 'xml' | 'binary' | 'text';

/**
 * The media type of a request body without its parameters: that of the step, else the operation's — JSON if it accepts
 * JSON, otherwise its first (Arazzo 1.0.1 §Request Body Object) — else JSON.
 */
export function mediaTypeOf(body: { readonly contentType?: string }, operation: Operation): string {
  const types = operation.body?.contents.map((content) => bareMediaType(content.mediaType)) ?? [];
  const concrete = types.filter((type) => !type.includes('*'));
  const preferred = concrete.find((type) => formatOf(type) === 'json') ?? concrete[0] ?? 'application/json';
  return body.contentType === undefined ? preferred : bareMediaType(body.contentType);
}

/** A media type in lower case without its parameters. */
export function bareMediaType(text: string): string {
  return (text.split(';')[0] ?? text).trim().toLowerCase();
}

const binaryTypes = [
  ...['application/octet-stream', 'application/pdf', 'application/zip', 'application/x-zip-compressed'],
  ...['application/gzip', 'application/x-gzip', 'application/x-tar', 'application/x-7z-compressed'],
];

/** How bodies of a media type are written and read. */
export function formatOf(mediaType: string): BodyFormat {
  if (/^application\/json$|\+json$/.test(mediaType)) return 'json';
  if (/^(?:application|text)\/xml$|\+xml$/.test(mediaType)) return 'xml';
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  if (mediaType.startsWith('multipart/')) return 'multipart';
  const isBinary = /^(?:image|audio|video|font)\//.test(mediaType) || binaryTypes.includes(mediaType);
  return isBinary ? 'binary' : 'text';
}

/** Whether a described media type, which may be a range such as `text/*`, is that of a body. */
export function isOfType(described: string, mediaType: string): boolean {
  const range = bareMediaType(described);
  return range === '*/*' || range === mediaType || (range.endsWith('/*') && mediaType.startsWith(range.slice(0, -1)));
}

/** What the operation says of bodies of a media type: of the type itself, else of the nearest range. */
export function contentOf(operation: Operation, mediaType: string): BodyContent | undefined {
  const fitting = (operation.body?.contents ?? []).filter((content) => isOfType(content.mediaType, mediaType));
  const stars = (content: BodyContent): number => content.mediaType.split('*').length;
  return fitting.sort((left, right) => stars(left) - stars(right))[0];
}
