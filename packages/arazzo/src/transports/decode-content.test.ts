import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpTransport } from './http.ts';
import { TransportError } from './transport.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** What the transport makes of a response with this encoding, as text, or its failure. */
async function receive(encoding: string, body: Uint8Array, options = {}, method = 'GET'): Promise<unknown> {
  const server = http.createServer((_, response) => response.setHeader('Content-Encoding', encoding).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = createHttpTransport(options);
  closing.push(() => server.close(), transport.close);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const request = { method, url, headers: {}, sourceName: 's', workflowId: 'w', stepId: 'a' };
  try {
    const response = await transport.send(request, new AbortController().signal);
    return Buffer.from(response.body).toString();
  } catch (error) {
    return error instanceof TransportError ? [error.code, error.message.replaceAll(url, 'URL')] : error;
  }
}

const text = 'hello '.repeat(100);

describe('the content of a response', () => {
  it.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate, gzip', gzipSync(deflateSync(text))],
    ['identity', Buffer.from(text)],
  ])('is decoded from %s', async (encoding, body) => {
    expect(await receive(encoding, body)).toBe(text);
  });

  it('is nothing in an answer to HEAD, whatever its header says', async () => {
    expect(await receive('gzip', gzipSync(text), {}, 'HEAD')).toBe('');
    expect(await receive('gzip', Buffer.alloc(0))).toBe('');
  });

  it('is bounded as decoded', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    expect(await receive('gzip', bomb, { maxResponseBytes: 1_000_000 })).toEqual([
      'response-too-large',
      'The response from "URL" is longer than 1000000 bytes.',
    ]);
  });

  it.each([
    ['gzip', Buffer.from('plain')],
    ['gzip', gzipSync(text).subarray(0, 20)],
    ['br', Buffer.from('plain')],
    ['deflate', deflateRawSync('')],
  ])('fails when it is not %s', async (encoding, body) => {
    expect(await receive(encoding, body)).toEqual([
      'response-unreadable',
      expect.stringMatching(/^The response from "URL" is not encoded as its header says: /),
    ]);
  });

  it('fails when its encoding is unknown, or one too many', async () => {
    for (const encoding of ['zstd', 'gzip, gzip, gzip, gzip']) {
      expect(await receive(encoding, gzipSync(text))).toEqual([
        'response-unreadable',
        `The response from "URL" has the content encoding "${encoding}"; one of "gzip, deflate, br" was expected.`,
      ]);
    }
  });
});
