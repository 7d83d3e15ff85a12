import { expect, it } from 'vitest';
import { parseChallenges } from './challenge.ts';

it.each([
  ['Basic realm="a"', [['basic', { realm: 'a' }]]],
  [
    'Digest realm="a, b", qop="auth,auth-int", nonce=x',
    [['digest', { realm: 'a, b', qop: 'auth,auth-int', nonce: 'x' }]],
  ],
  [
    'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
    [
      ['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
      ['basic', { realm: 'simple' }],
    ],
  ],
  [
    'Negotiate, Digest nonce = "x"',
    [
      ['negotiate', {}],
      ['digest', { nonce: 'x' }],
    ],
  ],
  ['', []],
  ['"unfinished', []],
])('reads the challenges of %s', (text, expected) => {
  const read = parseChallenges(text).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
  expect(read).toEqual(expected);
});
