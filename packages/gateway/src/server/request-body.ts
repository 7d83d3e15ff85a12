import type { IncomingMessage } from 'node:http';

/** How much of a body that is too long is read and thrown away, so that the connection stays usable (API Gateway's 10 MB). */
const maxDiscardedBytes = 10_485_760;

export type RequestBody =
  | { readonly kind: 'complete'; readonly body: Uint8Array }
  /** `isDrained` says whether the rest was read, so that the connection can be used on. */
  | { readonly kind: 'too-large'; readonly isDrained: boolean };

/** Reads a body of at most `maxBytes`. Rejects when the client goes away before its end. */
export async function readRequestBody(request: IncomingMessage, maxBytes: number): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxDiscardedBytes) return { kind: 'too-large', isDrained: false };
    if (length <= maxBytes) chunks.push(chunk);
  }
  if (length > maxBytes) return { kind: 'too-large', isDrained: true };
  return { kind: 'complete', body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) };
}
