import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer } from '../testing/server.ts';
import { createHttpTransport } from './http.ts';
import { type HttpExchangeRequest, TransportError } from './transport.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function transport(options?: Parameters<typeof createHttpTransport>[0]) {
  const created = createHttpTransport(options);
  closing.push(() => created.close());
  return created;
}

function request(url: string, more: Partial<HttpExchangeRequest> = {}): HttpExchangeRequest {
  return { method: 'GET', url, headers: {}, sourceName: 's', workflowId: 'w', stepId: 'a', ...more };
}

const never = new AbortController().signal;

async function failure(
  url: string,
  more: Partial<HttpExchangeRequest> = {},
  signal = never,
  options = {},
): Promise<readonly unknown[]> {
  const error = await transport(options)
    .send(request(url, more), signal)
    .catch((reason: unknown) => reason);
  return error instanceof TransportError ? [error.code, error.message] : [error];
}

async function listen(server: net.Server | http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('the HTTP transport', () => {
  it('sends what it is given and returns the whole response', async () => {
    const server = await startServer(({ body }) => ({ status: 418, body: `got ${body}`, headers: { 'X-A': '1' } }));
    closing.push(() => server.close());
    const response = await transport().send(
      request(`${server.url}/a%2Fb?c=d`, { method: 'PUT', headers: { 'x-b': 'é' }, body: 'höm' }),
      never,
    );
    expect(server.seen).toMatchObject([{ method: 'PUT', target: '/a%2Fb?c=d', body: 'höm', headers: { 'x-b': 'é' } }]);
    expect({ ...response, body: new TextDecoder().decode(response.body) }).toMatchObject({
      status: 418,
      headers: { 'x-a': ['1'] },
      body: 'got höm',
    });
  });

  it.each(['GET', 'DELETE', 'OPTIONS', 'PUT', 'PATCH', 'QUERY'])(
    'sends the length of the body of a %s',
    async (method) => {
      const server = await startServer(() => ({ status: 200 }));
      closing.push(() => server.close());
      const shared = transport();
      for (const body of ['GET /x HTTP/1.1\r\n\r\n', 'é', new Uint8Array([1, 2])]) {
        await shared.send(request(server.url, { method, body }), never);
      }
      expect(server.seen).toMatchObject([
        { method, body: 'GET /x HTTP/1.1\r\n\r\n', headers: { 'content-length': '19' } },
        { method, body: 'é', headers: { 'content-length': '2' } },
        { method, body: '\u0001\u0002', headers: { 'content-length': '2' } },
      ]);
    },
  );

  it('keeps every value of a repeated header', async () => {
    const server = http.createServer((_, response) => response.setHeader('Set-Cookie', ['a=1', 'b=2']).end());
    const { headers } = await transport().send(request(`http://127.0.0.1:${await listen(server)}`), never);
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it('uses one connection for requests after each other', async () => {
    let connections = 0;
    const server = http
      .createServer((_, response) => response.end('x'))
      .on('connection', () => {
        connections += 1;
      });
    const url = `http://127.0.0.1:${await listen(server)}`;
    const shared = transport();
    for (let count = 0; count < 3; count += 1) await shared.send(request(url), never);
    expect(connections).toBe(1);
  });

  it('does not follow redirects', async () => {
    const server = await startServer(() => ({ status: 302, headers: { location: '/other' } }));
    closing.push(() => server.close());
    expect((await transport().send(request(server.url), never)).status).toBe(302);
  });

  it('tells of a refused connection', async () => {
    const server = net.createServer();
    const url = `http://127.0.0.1:${await listen(server)}/x`;
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(url)).toEqual(['connection-refused', `"${url}" refused the connection.`]);
  });

  it('tells of a host that does not exist', async () => {
    expect((await failure('http://host.invalid/'))?.[0]).toBe('host-not-found');
  });

  it('tells of a connection closed before or within the response', async () => {
    const before = net.createServer((socket) => socket.once('data', () => socket.destroy()));
    const within = net.createServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc')),
    );
    for (const server of [before, within]) {
      const url = `http://127.0.0.1:${await listen(server)}`;
      expect(await failure(url)).toEqual(['connection-lost', `"${url}" closed the connection before it answered.`]);
    }
  });

  it('tells of an answer that is no HTTP', async () => {
    const server = net.createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 BANANA\r\n\r\n')));
    const url = `http://127.0.0.1:${await listen(server)}`;
    expect(await failure(url)).toEqual([
      'response-unreadable',
      `The response from "${url}" is no HTTP that can be read: Invalid status code.`,
    ]);
  });

  it('tells of a response that is too long, and stops reading it', async () => {
    const server = await startServer(() => ({ status: 200, body: 'x'.repeat(2000) }));
    closing.push(() => server.close());
    expect(await failure(server.url, {}, never, { maxResponseBytes: 1000 })).toEqual([
      'response-too-large',
      `The response from "${server.url}" is longer than 1000 bytes.`,
    ]);
  });

  it('tells of a server that does not speak TLS', async () => {
    const server = net.createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await failure(`https://127.0.0.1:${await listen(server)}`))?.[0]).toBe('tls-failed');
  });

  it('tells of a TLS server without a certificate to show', async () => {
    const server = https.createServer().on('tlsClientError', () => {});
    expect((await failure(`https://127.0.0.1:${await listen(server)}`))?.[0]).toBe('tls-failed');
  });

  it('tells of a server that leaves before TLS is agreed on, since it read no request', async () => {
    const server = net.createServer((socket) => socket.on('error', () => {}).once('data', () => socket.destroy()));
    const url = `https://127.0.0.1:${await listen(server)}`;
    expect(await failure(url)).toEqual(['tls-failed', `"${url}" closed the connection before TLS was agreed on.`]);
  });

  it('tells of a server that leaves after TLS was agreed on, since it may have read the request', async () => {
    const pem = await readFile(new URL('../testing/fixtures/localhost.pem', import.meta.url), 'utf8');
    const server = https.createServer({ key: pem, cert: pem }, ({ socket }) => socket.destroy());
    const url = `https://127.0.0.1:${await listen(server)}`;
    const lost = ['connection-lost', `"${url}" closed the connection before it answered.`];
    expect(await failure(url, {}, never, { ca: pem })).toEqual(lost);
  });

  it('gives up when the signal is aborted', async () => {
    const server = await startServer(() => undefined);
    closing.push(() => server.close());
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    expect((await failure(server.url, {}, controller.signal))?.[0]).toBe('timed-out');
    expect((await failure(server.url, {}, AbortSignal.abort()))?.[0]).toBe('timed-out');
  });

  it.each([[{ method: 'G T' }], [{ headers: { 'x-a': 'a\nb' } }]])(
    'refuses what HTTP cannot carry: %j',
    async (more) => {
      expect((await failure('http://127.0.0.1:1', more))?.[0]).toBe('request-invalid');
    },
  );
});
