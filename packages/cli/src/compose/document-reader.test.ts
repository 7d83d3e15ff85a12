import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDocumentReader } from './document-reader.ts';

let server: http.Server;
let asked: string[];
let url: string;

beforeEach(async () => {
  asked = [];
  server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    const { pathname } = new URL(request.url ?? '', 'http://server.test');
    const target = new Map([
      ['/moved', '/here'],
      ['/loop', '/loop'],
      ['/out', 'file:///etc/passwd'],
    ]).get(pathname);
    if (target !== undefined) response.writeHead(302, { location: target });
    else if (pathname === '/lost') response.writeHead(404);
    response.end('text');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function read(address: string, proxy?: string): Promise<string> {
  const reader = await createDocumentReader(proxy === undefined ? {} : { proxy });
  return new TextDecoder().decode(await reader.read(new URL(address)));
}

describe('the reader of documents', () => {
  it('reads files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatewright-'));
    writeFileSync(join(folder, 'a.yaml'), 'a file');
    expect(await read(pathToFileURL(join(folder, 'a.yaml')).href)).toBe('a file');
    rmSync(folder, { recursive: true });
  });

  it('reads URLs, and follows where they lead', async () => {
    expect(await read(`${url}/moved`)).toBe('text');
    expect(asked).toEqual(['/moved', '/here']);
  });

  it('goes through the proxy that requests go through', async () => {
    expect(await read('http://elsewhere.test/a.yaml', url)).toBe('text');
    expect(asked).toEqual(['http://elsewhere.test/a.yaml']);
  });

  it.each([
    ['/lost', 'answered with status 404; 200 was expected.'],
    ['/loop', 'redirects more than 10 times.'],
    ['/out', 'redirects to "file:///etc/passwd", which is not followed.'],
  ])('refuses %s', async (path, message) => {
    await expect(read(`${url}${path}`)).rejects.toThrow(message);
  });
});
