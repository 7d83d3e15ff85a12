import { describe, expect, it } from 'vitest';
import { readNetwork } from './network.ts';

describe('the proxy', () => {
  const environment = {
    HTTPS_PROXY: 'http://secure:1',
    http_proxy: 'plain:2',
    NO_PROXY: 'inside.test, .hidden.test,ported.test:8443',
  };

  it.each([
    ['https://api.test/', 'http://secure:1/'],
    ['http://api.test/', 'http://plain:2/'],
    ['https://inside.test/', undefined],
    ['https://deep.inside.test/', undefined],
    ['https://notinside.test/', 'http://secure:1/'],
    ['https://a.hidden.test/', undefined],
    ['https://ported.test:8443/', undefined],
    ['https://ported.test/', 'http://secure:1/'],
    ['http://localhost:4610/', undefined],
    ['http://127.0.0.1:4610/', undefined],
    ['http://[::1]:4610/', undefined],
    ['http://mock.localhost/', undefined],
  ])('for %s is %s', async (url, expected) => {
    const { proxyFor } = await readNetwork({}, environment);
    expect(proxyFor?.(new URL(url))?.href).toBe(expected);
  });

  it('of the flag wins for every URL', async () => {
    const { proxyFor } = await readNetwork({ proxy: 'http://flag:3' }, { HTTPS_PROXY: 'http://secure:1' });
    const urls = ['https://api.test/', 'http://api.test/'].map((url) => proxyFor?.(new URL(url))?.host);
    expect(urls).toEqual(['flag:3', 'flag:3']);
  });

  it('is none for anyone with NO_PROXY=*, nor without a proxy', async () => {
    const { proxyFor } = await readNetwork({}, { HTTPS_PROXY: 'http://secure:1', NO_PROXY: '*' });
    expect(proxyFor?.(new URL('https://api.test/'))).toBeUndefined();
    expect(await readNetwork({}, {})).toEqual({});
  });

  it('is refused when it is no URL, without its password', async () => {
    const refusal = readNetwork({ proxy: 'socks5://me:s3cr3t@x' }, {});
    await expect(refusal).rejects.toThrow('The proxy of --proxy is not an http: or https: URL.');
  });

  it('is refused when what it is let in with cannot be read', async () => {
    const refusal = readNetwork({}, { HTTP_PROXY: 'http://me:100%@x' });
    await expect(refusal).rejects.toThrow('The user and password in the proxy of HTTP_PROXY are not percent-encoded');
  });
});

it.each([
  [{ cert: 'a.pem' }, 'A client certificate needs both --cert and --key.'],
  [{ key: 'a.pem' }, 'A client certificate needs both --cert and --key.'],
  [{ ca: '/nowhere.pem' }, 'The file of --ca "/nowhere.pem" cannot be read: there is no such file.'],
  [{ ca: import.meta.filename }, `The file of --ca "${import.meta.filename}" holds no certificate`],
  [{ cert: import.meta.filename, key: import.meta.filename }, 'a PEM certificate and its key'],
])('refuses %j', async (options, message) => {
  await expect(readNetwork(options, {})).rejects.toThrow(message);
});
