import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../virtual-clock.ts';
import type { Certificate } from './certificate.ts';
import { makeLocalCertificate } from './local-certificate.ts';
import { type SharedPort, sharePort } from './shared-port.ts';

const shown = await makeLocalCertificate('us-east-1', Date.now());
const request = 'GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('a port that is shared by TLS and plain text', () => {
  const clock = createVirtualClock();
  let server: Server;
  let port: SharedPort;
  let asked = 0;
  let certificate: () => Promise<Certificate>;
  const faults: unknown[] = [];

  beforeEach(async () => {
    asked = 0;
    faults.length = 0;
    certificate = async () => {
      asked += 1;
      return shown;
    };
    server = createServer((incoming, response) => response.end(`${incoming.url} `));
    port = sharePort(server, {
      clock,
      certificate: () => certificate(),
      onFault: (error) => faults.push(error),
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    port.close();
    await closed;
  });

  const plain = (): Socket => connectPlain((server.address() as AddressInfo).port, '127.0.0.1');
  const secure = (options = {}): Socket =>
    connectTls({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', ca: shown.certificate, ...options });

  /** What comes until the pattern is there. */
  async function receive(socket: Socket, pattern: RegExp): Promise<string> {
    let text = '';
    for await (const data of socket.iterator({ destroyOnReturn: false })) {
      text += String(data);
      if (pattern.test(text)) return text;
    }
    return text;
  }

  it('answers clients of both kinds, and asks for the certificate once', async () => {
    const clients = [plain(), secure(), secure({ servername: 'localhost' }), plain()];
    for (const client of clients) {
      client.write(request);
      expect(await receive(client, /\/a $/)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    }
    expect(asked).toBe(1);
    for (const client of clients) client.destroy();
  });

  it('keeps a connection for the requests that follow, also those sent ahead', async () => {
    for (const client of [plain(), secure()]) {
      client.write(request + request);
      expect(await receive(client, /\/a [\s\S]*\/a /)).toMatch(/200 OK[\s\S]*200 OK/);
      client.write(request);
      expect(await receive(client, /\/a /)).toMatch(/200 OK/);
      client.destroy();
    }
  });

  it('hands on a request whose first byte comes alone', async () => {
    const client = plain();
    client.setNoDelay();
    const [accepted] = await Promise.all([once(server, 'connection'), client.write(request.slice(0, 1))]);
    await once(accepted[0] as Socket, 'pause');
    client.write(request.slice(1));
    expect(await receive(client, /\/a $/)).toMatch(/200 OK/);
    client.destroy();
  });

  it('speaks HTTP/1.1 alone to clients that offer more', async () => {
    const client = secure({ ALPNProtocols: ['h2', 'http/1.1'] });
    await once(client, 'secureConnect');
    expect('alpnProtocol' in client && client.alpnProtocol).toBe('http/1.1');
    client.destroy();
  });

  it('ends clients that send nothing for ten seconds', async () => {
    const client = plain();
    await once(server, 'connection');
    clock.advance(9_999);
    expect(client.destroyed).toBe(false);
    clock.advance(1);
    await once(client.resume(), 'close');
  });

  it.each([
    ['is no TLS handshake after all', (client: Socket) => client.write(Buffer.from([0x16, 0xff, 0xff, 0, 0, 0]))],
    ['ends at once', (client: Socket) => client.end()],
    ['ends within the TLS handshake', (client: Socket) => client.end(Buffer.from([0x16, 3, 1, 2]))],
  ])('ends a client that %s, and serves the next', async (_what, begin) => {
    const broken = plain();
    begin(broken);
    await once(broken.resume(), 'close');

    const client = secure();
    client.write(request);
    expect(await receive(client, /\/a $/)).toMatch(/200 OK/);
    client.destroy();
  });

  it('turns TLS away when there is no certificate, tells why, and asks again', async () => {
    const missing = new Error('no certificate');
    certificate = () => Promise.reject(missing);
    await expect(once(secure(), 'secureConnect')).rejects.toThrow();
    expect(faults).toEqual([missing]);

    certificate = async () => shown;
    const client = secure();
    await once(client, 'secureConnect');
    client.destroy();
  });

  it('ends silent clients when it is closed', async () => {
    const client = plain();
    await once(server, 'connection');
    port.close();
    await once(client.resume(), 'close');
  });
});
