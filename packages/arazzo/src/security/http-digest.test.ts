import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HttpExchangeRequest, HttpExchangeResponse } from '../transports/transport.ts';
import { parseChallenges } from './challenge.ts';
import { createDigestAuthorizer } from './http-digest.ts';

const request = (url = 'http://www.nowhere.org/dir/index.html?a=1'): HttpExchangeRequest => ({
  method: 'GET',
  url,
  headers: {},
  sourceName: 's',
  workflowId: 'w',
  stepId: 'a',
});

const challenged = (...challenges: readonly string[]): HttpExchangeResponse => ({
  status: 401,
  headers: { 'www-authenticate': challenges },
  body: new Uint8Array(),
});

function authorizerFor(credential: string) {
  const authorizer = createDigestAuthorizer({
    ...{
      sourceName: 's',
      schemeName: 'd',
      scheme: { kind: 'http-digest' },
      scopes: [],
      baseUrl: 'http://x',
      credential,
    },
  });
  if (authorizer === undefined) throw new Error('no authorizer');
  const answer = (sent: HttpExchangeRequest, response: HttpExchangeResponse): HttpExchangeRequest | undefined => {
    const answered = authorizer.answer?.(sent, response, context);
    if (answered instanceof Promise) throw new Error('A challenge is answered at once.');
    return answered;
  };
  return { ...authorizer, answer };
}

const context = { now: () => 0, send: () => Promise.reject(new Error('sent')) };
const fieldsOf = (sent: HttpExchangeRequest | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(parseChallenges(sent?.headers.authorization ?? '')[0]?.parameters ?? []);
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('HTTP digest', () => {
  it('answers the example of RFC 2069, which has no qop', () => {
    const authorizer = authorizerFor('Mufasa:CircleOfLife');
    const answer = authorizer.answer(
      request('http://www.nowhere.org/dir/index.html'),
      challenged('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"'),
    );
    expect(answer?.headers.authorization).toBe(
      'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ' +
        'uri="/dir/index.html", response="1949323746fe6a43ef61f9606e7febea", opaque="5ccc"',
    );
  });

  it.each([
    ['MD5', md5, (base: string) => base],
    ['SHA-256', sha256, (base: string) => base],
    ['SHA-256-sess', sha256, (base: string, cnonce: string) => sha256(`${base}:n:${cnonce}`)],
  ])('computes %s with qop=auth, and counts its requests', async (algorithm, hash, secretOf) => {
    const authorizer = authorizerFor('me:pass:word');
    expect(await authorizer.authorize(request(), context)).toEqual(request());
    const first = authorizer.answer(
      request(),
      challenged(`Digest realm="r", nonce="n", qop="auth,auth-int", algorithm=${algorithm}`),
    );
    const second = await authorizer.authorize(request(), context);
    for (const [sent, nc] of [
      [first, '00000001'],
      [second, '00000002'],
    ] as const) {
      const fields = fieldsOf(sent);
      const secret = secretOf(hash('me:r:pass:word'), fields.cnonce ?? '');
      expect(fields).toMatchObject({ qop: 'auth', nc, uri: '/dir/index.html?a=1', algorithm });
      expect(fields.cnonce).toMatch(/^[0-9a-f]{32}$/);
      expect(fields.response).toBe(hash(`${secret}:n:${nc}:${fields.cnonce}:auth:${hash('GET:/dir/index.html?a=1')}`));
    }
  });

  it.each([
    ['{"a":1}', '{"a":1}'],
    [new TextEncoder().encode('é'), 'é'],
    [undefined, ''],
  ])('protects the body %j with qop=auth-int where nothing else is offered', (body, text) => {
    const sent = { ...request(), ...(body !== undefined && { body }) };
    const answer = authorizerFor('me:pw').answer(sent, challenged('Digest realm="r", nonce="n", qop="auth-int"'));
    const { cnonce, response, qop } = fieldsOf(answer);
    const second = md5(`GET:/dir/index.html?a=1:${md5(text)}`);
    expect([qop, response]).toEqual(['auth-int', md5(`${md5('me:r:pw')}:n:00000001:${cnonce}:auth-int:${second}`)]);
  });

  it('prefers SHA-256 where MD5 is offered too, and hides the user where asked to', () => {
    const answer = authorizerFor('me:pw').answer(
      request(),
      challenged(
        'Digest realm="r", nonce="n", qop="auth"',
        'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256, userhash=true',
      ),
    );
    expect(fieldsOf(answer)).toMatchObject({ algorithm: 'SHA-256', userhash: 'true', username: sha256('me:r') });
  });

  it('answers a nonce once, and a new one again', () => {
    const authorizer = authorizerFor('me:pw');
    const ask = (nonce: string) => authorizer.answer(request(), challenged(`Digest realm="r", nonce="${nonce}"`));
    expect(ask('one')).toBeDefined();
    expect(ask('one')).toBeUndefined();
    expect(ask('two')).toBeDefined();
  });

  it.each([
    ['another status', { ...challenged('Digest nonce="n"'), status: 403 }],
    ['another scheme', challenged('Basic realm="r"')],
    ['an algorithm that is not known', challenged('Digest nonce="n", algorithm=SHA-512-256')],
    ['a qop that is not known', challenged('Digest nonce="n", qop="other"')],
    ['a challenge without a nonce', challenged('Digest realm="r"')],
    ['no challenge', { status: 401, headers: {}, body: new Uint8Array() }],
  ])('leaves it at %s', (_case, response) => {
    expect(authorizerFor('me:pw').answer(request(), response)).toBeUndefined();
  });
});
