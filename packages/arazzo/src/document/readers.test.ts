import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fileReader } from './readers.ts';

describe('fileReader', () => {
  it('reads files', async () => {
    const bytes = await fileReader.read(new URL(import.meta.url));
    expect(new TextDecoder().decode(bytes)).toContain('reads files');
  });

  it.each([
    [new URL('./none.yaml', import.meta.url), /^The file ".*none\.yaml" does not exist\.$/],
    [new URL('.', import.meta.url), /is not a file\.$/],
    [new URL('file://elsewhere/a.yaml'), /^The URL "file:\/\/elsewhere\/a\.yaml" names no file of this machine; /],
    [new URL('file:///a%2Fb.yaml'), /^The URL "file:\/\/\/a%2Fb\.yaml" names no file of this machine; /],
  ])('refuses %s', async (url, message) => {
    await expect(fileReader.read(url)).rejects.toThrow(message);
  });

  it('refuses other schemes', () => {
    expect(() => fileReader.read(new URL('data:,x'))).toThrow('file:, http: or https: was expected');
  });

  it('reads over HTTP and tells of a status that is no success', async () => {
    const server = http.createServer((request, response) => {
      response.statusCode = request.url === '/there' ? 200 : 404;
      response.end('arazzo: 1.0.1');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect(new TextDecoder().decode(await fileReader.read(new URL(`${base}/there`)))).toBe('arazzo: 1.0.1');
      await expect(fileReader.read(new URL(`${base}/not`))).rejects.toThrow('answered with status 404');
    } finally {
      server.closeAllConnections();
      server.close();
    }
    await expect(fileReader.read(new URL(`${base}/there`))).rejects.toThrow(/could not be read: .+\.$/);
  });
});
