import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHttpTransport, type HttpTransportOptions } from './http.ts';
import { type HttpExchangeRequest, TransportError } from './transport.ts';

let pem: string;
beforeAll(async () => {
  pem = await readFile(new URL('../testing/fixtures/localhost.pem', import.meta.url), 'utf8');
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Answers whether it was shown a client certificate, which it may insist on. */
async function startSecureServer(rejectUnauthorized = false): Promise<number> {
  const server = https.createServer(
    { key: pem, cert: pem, ca: pem, requestCert: true, rejectUnauthorized },
    (request, response) => {
      response.end(`${request.url} ${(request.socket as TLSSocket).authorized}`);
    },
  );
  closing.push(() => server.closeAllConnections());
  return listen(server);
}

interface SeenByProxy {
  readonly line: string;
  readonly credential: string | undefined;
  readonly host: string | undefined;
}

/** A proxy that connects to this machine, whatever host it is asked for. */
async function startProxy(tunnelStatus = 200): Promise<{ readonly url: URL; readonly seen: SeenByProxy[] }> {
  const seen: SeenByProxy[] = [];
  const record = ({ method, url, headers }: http.IncomingMessage) =>
    seen.push({ line: `${method} ${url}`, credential: headers['proxy-authorization'], host: headers.host });
  const proxy = http.createServer((request, response) => {
    record(request);
    response.end('from the proxy');
  });
  proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    record(request);
    if (tunnelStatus !== 200) {
      socket.end(`HTTP/1.1 ${tunnelStatus} No\r\n\r\n`);
      return;
    }
    const target = net.connect(Number(request.url?.split(':')[1]), '127.0.0.1');
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    socket.pipe(target).pipe(socket);
    for (const end of [socket, target]) end.on('error', () => {});
    closing.push(() => target.destroy());
  });
  closing.push(() => proxy.closeAllConnections());
  return { url: new URL(`http://me:p%40ss@127.0.0.1:${await listen(proxy)}`), seen };
}

const credential = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;

async function get(options: HttpTransportOptions, ...urls: readonly string[]): Promise<readonly string[]> {
  const transport = createHttpTransport(options);
  try {
    const answers: string[] = [];
    for (const url of urls) {
      const place = { sourceName: 's', workflowId: 'w', stepId: 'a' };
      const request: HttpExchangeRequest = { method: 'GET', url, headers: {}, ...place };
      const answer = await transport.send(request, new AbortController().signal).catch((error: unknown) => error);
      const failed = answer instanceof TransportError ? `${answer.code}: ${answer.message}` : undefined;
      answers.push(failed ?? new TextDecoder().decode((answer as { readonly body: Uint8Array }).body));
    }
    return answers;
  } finally {
    transport.close();
  }
}

describe('a transport', () => {
  it('trusts the certificates that it is given, and shows its own', async () => {
    const url = `https://127.0.0.1:${await startSecureServer()}/a`;
    const clientCertificate = { cert: pem, key: pem };
    expect((await get({}, url))[0]).toMatch(/^tls-failed: .+ has a certificate that is not trusted/);
    expect(await get({ ca: pem }, url)).toEqual(['/a false']);
    expect(await get({ ca: pem, clientCertificate }, url)).toEqual(['/a true']);
    const strict = `https://127.0.0.1:${await startSecureServer(true)}/a`;
    expect(await get({ ca: pem }, strict)).toEqual([
      `tls-failed: "${strict}" ended the TLS handshake (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED); it may ask for a client certificate.`,
    ]);
  });

  it('asks a proxy for http: URLs', async () => {
    const { url, seen } = await startProxy();
    expect(await get({ proxyFor: () => url }, 'http://api.test/a?b=1')).toEqual(['from the proxy']);
    expect(seen).toEqual([{ line: 'GET http://api.test/a?b=1', credential, host: 'api.test' }]);
  });

  it('goes through a tunnel of the proxy to https: URLs, and keeps it open', async () => {
    const { url, seen } = await startProxy();
    const port = await startSecureServer();
    const options = { ca: pem, clientCertificate: { cert: pem, key: pem }, proxyFor: () => url };
    const target = `https://localhost:${port}`;
    expect(await get(options, `${target}/a`, `${target}/b`)).toEqual(['/a true', '/b true']);
    expect(seen).toEqual([{ line: `CONNECT localhost:${port}`, credential, host: `localhost:${port}` }]);
  });

  it('does not go through the proxy where there is none for the URL', async () => {
    const { url, seen } = await startProxy();
    const port = await startSecureServer();
    const proxyFor = ({ hostname }: URL) => (hostname === 'api.test' ? url : undefined);
    expect(await get({ ca: pem, proxyFor }, `https://127.0.0.1:${port}/a`)).toEqual(['/a false']);
    expect(seen).toEqual([]);
  });

  it('says when the proxy refuses to connect', async () => {
    const { url } = await startProxy(407);
    const reason = `proxy-failed: The proxy "${url.origin}" does not connect to "api.test:443": it answered 407.`;
    expect(await get({ proxyFor: () => url }, 'https://api.test/')).toEqual([reason]);
  });

  it('says through a tunnel that its client certificate cannot be used', async () => {
    const { url } = await startProxy();
    const target = `localhost:${await startSecureServer()}`;
    const options = { ca: pem, clientCertificate: { cert: 'none', key: pem }, proxyFor: () => url };
    const [reason] = await get(options, `https://${target}/`);
    expect(reason).toMatch(`request-invalid: A TLS connection to "${target}" cannot be made: `);
  });

  it('gives up a tunnel that is not open yet when it is closed', async () => {
    const silent = net.createServer();
    const ended = new Promise<void>((resolve) => {
      silent.on('connection', (socket) =>
        socket
          .resume()
          .on('error', () => {})
          .on('close', () => resolve()),
      );
    });
    const proxy = new URL(`http://127.0.0.1:${await listen(silent)}`);
    const transport = createHttpTransport({ proxyFor: () => proxy });
    const place = { sourceName: 's', workflowId: 'w', stepId: 'a' };
    const controller = new AbortController();
    const request = { method: 'GET', url: 'https://api.test/', headers: {}, ...place };
    const answer = transport.send(request, controller.signal).catch((error: unknown) => error);
    await new Promise((resolve) => silent.once('connection', resolve));
    controller.abort();
    expect(await answer).toMatchObject({ code: 'timed-out' });
    transport.close();
    await ended;
  });

  it.each(['http://api.test/', 'https://api.test/'])('says when the proxy cannot be reached for %s', async (target) => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const proxy = new URL(`http://me:secret@127.0.0.1:${port}`);
    expect((await get({ proxyFor: () => proxy }, target))[0]).toMatch(
      new RegExp(`^proxy-failed: The proxy "http://127\\.0\\.0\\.1:${port}" cannot be reached: .*ECONNREFUSED`),
    );
  });
});
