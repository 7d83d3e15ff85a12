import { expect, it } from 'vitest';
import { normalizeServerUrl } from './server.ts';

it.each([
  ['https://x.test/v1/', undefined, 'https://x.test/v1'],
  ['https://x.test', undefined, 'https://x.test'],
  ['HTTP://X.test:80/a?b#c', undefined, 'http://x.test/a'],
  ['/v1', 'https://x.test/openapi.yaml', 'https://x.test/v1'],
  ['/v1', 'file:///documents/openapi.yaml', undefined],
  ['https://{host}/v1', undefined, undefined],
  ['ftp://x.test', undefined, undefined],
  ['x.test', undefined, undefined],
])('reads the server %s relative to %s as %s', (text, base, url) => {
  expect(normalizeServerUrl(text, base)).toBe(url);
});
