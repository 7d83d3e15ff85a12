import { afterEach, describe, expect, it } from 'vitest';
import { type PlanOptions, plan } from '../plan/make-plan.ts';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { type Answer, type SeenRequest, startServer, type TestServer } from '../testing/server.ts';
import { createHttpTransport } from '../transports/http.ts';
import type { RunEvent } from './events.ts';
import { preview } from './preview.ts';
import { run } from './run.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

const schemes = `components:
  securitySchemes:
    headerKey: { type: apiKey, in: header, name: X-Key }
    queryKey: { type: apiKey, in: query, name: key }
    cookieKey: { type: apiKey, in: cookie, name: sid }
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
    digest: { type: http, scheme: digest }
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: /token, scopes: {} }, password: { tokenUrl: /token, scopes: {} } } }
    user: { type: oauth2, flows: { password: { tokenUrl: token, scopes: {} } } }
    hmac: { type: apiKey, in: header, name: Authorization }
    tls: { type: mutualTLS }
    other: { type: http, scheme: negotiate }
`;

interface Case {
  readonly security: string;
  readonly options?: PlanOptions;
  readonly steps?: number;
  readonly parameters?: string;
  readonly answer?: (request: SeenRequest, index: number) => Answer;
  /** The codes of what planning warns of; nothing when absent. */
  readonly warnings?: readonly string[];
}

async function planFor({ security, options, steps = 1, parameters = '' }: Case, url: string) {
  const api = `openapi: 3.1.0\ninfo: { title: A, version: '1' }\nservers: [{ url: '${url}' }]\n${schemes}paths:
  /a: { get: { operationId: get, security: ${security}, parameters: [{ name: q, in: query, schema: {} }] } }\n`;
  const list = Array.from({ length: steps }, (_, index) => `- { stepId: s${index}, operationId: get${parameters} }`);
  return plan(await loadText(oneWorkflow(list.join('\n')), { 'pets.yaml': api }), options ?? {});
}

async function runFor(given: Case): Promise<readonly RunEvent[]> {
  server = await startServer(given.answer ?? (() => ({ status: 200 })));
  const planned = await planFor(given, server.url);
  if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
  expect(planned.warnings.map(({ code }) => code)).toEqual(given.warnings ?? []);
  const transport = createHttpTransport();
  try {
    const events: RunEvent[] = [];
    for await (const event of run(planned.plan, { transport, clock })) events.push(event);
    return events;
  } finally {
    transport.close();
  }
}

let now = 0;
const clock = {
  now: () => now,
  after(milliseconds: number, task: () => void) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};

describe('credentials', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it.each<[string, Case, Partial<SeenRequest>]>([
    [
      'a key to a header',
      { security: '[{ headerKey: [] }]', options: { credentials: { headerKey: 'k' } } },
      { headers: { 'x-key': 'k' } },
    ],
    [
      'a key to the query',
      { security: '[{ queryKey: [] }]', options: { credentials: { queryKey: 'k&1' } } },
      { target: '/a?key=k%261' },
    ],
    [
      'a key behind other parameters',
      {
        security: '[{ queryKey: [] }]',
        options: { credentials: { queryKey: 'k' } },
        parameters: ', parameters: [{ name: q, in: query, value: 1 }]',
      },
      { target: '/a?q=1&key=k' },
    ],
    [
      'a key to a cookie',
      { security: '[{ cookieKey: [] }]', options: { credentials: { cookieKey: 'k;' } } },
      { headers: { cookie: 'sid=k%3B' } },
    ],
    [
      'a user',
      { security: '[{ basic: [] }]', options: { credentials: { basic: 'me:p:w' } } },
      { headers: { authorization: `Basic ${base64('me:p:w')}` } },
    ],
    [
      'a user in parts',
      { security: '[{ basic: [] }]', options: { credentials: { basic: { username: 'me', password: '' } } } },
      { headers: { authorization: `Basic ${base64('me:')}` } },
    ],
    [
      'a token',
      { security: '[{ bearer: [] }]', options: { credentials: { bearer: 't' } } },
      { headers: { authorization: 'Bearer t' } },
    ],
    [
      'a ready OAuth token',
      { security: '[{ oauth: [] }]', options: { credentials: { oauth: { accessToken: 't' } } } },
      { headers: { authorization: 'Bearer t' } },
    ],
    [
      'one for the source alone',
      { security: '[{ bearer: [] }]', options: { credentials: { 'pets.bearer': 't' } } },
      { headers: { authorization: 'Bearer t' } },
    ],
    [
      'schemes that apply together',
      { security: '[{ bearer: [], queryKey: [] }]', options: { credentials: { bearer: 't', queryKey: 'k' } } },
      { target: '/a?key=k', headers: { authorization: 'Bearer t' } },
    ],
    [
      'the first alternative that there are credentials for',
      {
        security: '[{ basic: [], headerKey: [] }, {}, { bearer: [] }, { headerKey: [] }]',
        options: { credentials: { headerKey: 'k', bearer: 't' } },
      },
      { headers: { authorization: 'Bearer t' } },
    ],
    [
      "the step's own header over them",
      {
        security: '[{ bearer: [] }]',
        options: { credentials: { bearer: 't' } },
        parameters: ', parameters: [{ name: authorization, in: header, value: mine }]',
      },
      { headers: { authorization: 'mine' } },
    ],
    [
      'a client certificate without a word in the request',
      { security: '[{ tls: [] }]', options: { clientCertificate: true } },
      { target: '/a' },
    ],
  ])('send %s', async (_case, given, expected) => {
    await runFor(given);
    expect(server?.seen).toMatchObject([expected]);
  });

  it('are not sent where none are asked for', async () => {
    await runFor({ security: '[]', options: { credentials: { bearer: 't' } } });
    expect(server?.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('are not to be read by expressions', async () => {
    const events = await runFor({
      security: '[{ bearer: [] }]',
      options: { credentials: { bearer: 't' } },
      parameters: ', outputs: { seen: $request.header.authorization, accept: $request.header.accept }',
      warnings: ['invalid-expression'],
    });
    expect(events.find(({ kind }) => kind === 'step-succeeded')).toMatchObject({ outputs: { accept: '*/*' } });
    expect(JSON.stringify(events.at(-1))).not.toContain('Bearer');
  });

  it('sign for AWS by the name of the scheme', async () => {
    const credential = { accessKeyId: 'AKID', secretAccessKey: 's', region: 'eu-west-1', service: 'execute-api' };
    await runFor({ security: '[{ hmac: [] }]', options: { awsCredential: credential } });
    expect(server?.seen[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/19700101\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
  });

  it('answer the challenge of a digest, and the next request ahead', async () => {
    await runFor({
      security: '[{ digest: [] }]',
      options: { credentials: { digest: 'me:pw' } },
      steps: 2,
      answer: ({ headers }) =>
        headers.authorization
          ? { status: 200 }
          : {
              status: 401,
              headers: { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256' },
            },
    });
    const kinds = server?.seen.map(({ headers }) => /nc=\d+/.exec(headers.authorization ?? '')?.[0]);
    expect(kinds).toEqual([undefined, 'nc=00000001', 'nc=00000002']);
  });

  it('leave it at the refusal of a digest that was answered', async () => {
    const challenge = { 'www-authenticate': 'Digest realm="r", nonce="n"' };
    const events = await runFor({
      security: '[{ digest: [] }]',
      options: { credentials: { digest: 'me:pw' } },
      answer: () => ({ status: 401, headers: challenge }),
    });
    expect(server?.seen).toHaveLength(2);
    expect(events.at(-1)?.kind).toBe('run-failed');
  });
});

describe('OAuth tokens', () => {
  const tokens =
    (lifetime: number) =>
    ({ target }: SeenRequest, index: number): Answer =>
      target === '/token'
        ? { status: 200, body: { access_token: `t${index}`, token_type: 'Bearer', expires_in: lifetime } }
        : { status: 200 };

  it('are got once with client credentials, and used until they expire', async () => {
    await runFor({
      security: '[{ oauth: [read, write] }]',
      options: { credentials: { oauth: 'my client:s&cret' } },
      steps: 2,
      answer: tokens(60),
    });
    const [first, ...rest] = server?.seen ?? [];
    expect(first).toMatchObject({
      method: 'POST',
      target: '/token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from('my+client:s%26cret').toString('base64')}`,
      },
      body: 'grant_type=client_credentials&scope=read+write',
    });
    expect(rest.map(({ headers }) => headers.authorization)).toEqual(['Bearer t0', 'Bearer t0']);
  });

  it('are got anew when they have expired', async () => {
    await runFor({
      security: '[{ oauth: [] }]',
      options: { credentials: { oauth: 'id:secret' } },
      steps: 2,
      answer(request, index) {
        now += 59_000;
        return tokens(60)(request, index);
      },
    });
    expect(server?.seen.map(({ target, headers }) => `${target} ${headers.authorization?.slice(0, 9)}`)).toEqual([
      '/token Basic aWQ',
      '/a Bearer t0',
      '/token Basic aWQ',
      '/a Bearer t2',
    ]);
  });

  it('are got anew when they were refused', async () => {
    const events = await runFor({
      security: '[{ oauth: [] }]',
      options: { credentials: { oauth: 'id:secret' } },
      parameters: ', onFailure: [{ name: again, type: retry, retryAfter: 0, retryLimit: 1 }]',
      answer: (request, index) =>
        request.headers.authorization === 'Bearer t0' ? { status: 401 } : tokens(60)(request, index),
    });
    expect(server?.seen.map(({ target }) => target)).toEqual(['/token', '/a', '/token', '/a']);
    expect(server?.seen[3]?.headers.authorization).toBe('Bearer t2');
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it('are got anew, and the request is sent once more, when one got for an earlier request is refused', async () => {
    let uses = 0;
    const events = await runFor({
      security: '[{ oauth: [] }]',
      options: { credentials: { oauth: 'id:secret' } },
      steps: 2,
      answer: (request, index) => {
        if (request.headers.authorization === 'Bearer t0' && ++uses > 1) return { status: 401 };
        return tokens(60)(request, index);
      },
    });
    expect(server?.seen.map(({ target, headers }) => `${target} ${headers.authorization?.slice(0, 9)}`)).toEqual([
      '/token Basic aWQ',
      '/a Bearer t0',
      '/a Bearer t0',
      '/token Basic aWQ',
      '/a Bearer t3',
    ]);
    expect(events.at(-1)?.kind).toBe('run-succeeded');
  });

  it('that are refused and cannot be got anew leave the refusal as the answer', async () => {
    let uses = 0;
    const events = await runFor({
      security: '[{ oauth: [] }]',
      options: { credentials: { oauth: 'id:secret' } },
      steps: 2,
      answer: (request, index) => {
        if (uses > 1) return { status: 400, body: { error: 'invalid_client' } };
        if (request.headers.authorization === 'Bearer t0' && ++uses > 1) return { status: 401 };
        return tokens(60)(request, index);
      },
    });
    expect(server?.seen.map(({ target }) => target)).toEqual(['/token', '/a', '/a', '/token']);
    expect(events.find(({ kind }) => kind === 'step-failed')).toMatchObject({
      reasons: [{ code: 'status-unsuccessful', actual: 401 }],
    });
  });

  it('are got with a password', async () => {
    await runFor({ security: '[{ user: [] }]', options: { credentials: { user: 'me:pw' } }, answer: tokens(60) });
    expect(server?.seen[0]).toMatchObject({ target: '/token', body: 'grant_type=password&username=me&password=pw' });
    expect(server?.seen[0]?.headers.authorization).toBeUndefined();
    expect(server?.seen[1]?.headers.authorization).toBe('Bearer t0');
  });

  it.each<[string, Answer, string]>([
    ['an error', { status: 400, body: { error: 'invalid_client' } }, 'it answered 400 with the error "invalid_client"'],
    ['no token', { status: 200, body: {} }, 'its answer has no "access_token"'],
    ['no JSON', { status: 200, body: 'hello' }, 'its answer has no "access_token"'],
    [
      'what is no token',
      { status: 200, body: { access_token: 'a\nb' } },
      'the token in its answer has characters that no header can carry',
    ],
    [
      'another type',
      { status: 200, body: { access_token: 'x', token_type: 'mac' } },
      'the token is of the type "mac"; "bearer" was expected',
    ],
  ])('that are answered with %s fail the step before its request is sent', async (_case, answer, reason) => {
    const events = await runFor({
      security: '[{ oauth: [] }]',
      options: { credentials: { oauth: 'id:secret' } },
      answer: () => answer,
    });
    const message = `The security scheme "oauth" got no token from "${server?.url}/token": ${reason}.`;
    expect(events.find(({ kind }) => kind === 'step-failed')).toMatchObject({
      reasons: [{ code: 'authorization-failed', message }],
    });
    expect(server?.seen.map(({ target }) => target)).toEqual(['/token']);
  });
});

describe('a plan', () => {
  const remote = 'https://api.test';
  const judge = async (given: Case, url = remote) => {
    const result = await planFor(given, url);
    const diagnostics = result.kind === 'planned' ? result.warnings : result.diagnostics;
    return diagnostics.map(({ code, severity, message }) => `${severity} ${code}: ${message}`);
  };

  it.each<[string, Case, readonly string[]]>([
    ['nothing of an API that asks for nothing', { security: '[]' }, []],
    ['nothing where credentials are optional', { security: '[{ bearer: [] }, {}]' }, []],
    [
      'that credentials are missing, and what they look like',
      { security: '[{ bearer: [] }, { headerKey: [], basic: [] }]', steps: 2 },
      [
        'warning security-not-applied: The source "pets" asks for "bearer", or "headerKey" and "basic", and no credential is given: for "bearer" it is the token. Requests to "https://api.test" go without.',
      ],
    ],
    [
      'which credential is missing beside one that is given',
      {
        security: '[{ headerKey: [], basic: [] }, { other: [], bearer: [] }]',
        options: { credentials: { headerKey: 'k' } },
      },
      [
        'warning security-not-applied: The source "pets" asks for "headerKey" and "basic", or "other" and "bearer", and no credential is given: for "basic" it is the text "username:password". Requests to "https://api.test" go without.',
      ],
    ],
    [
      'that a scheme is not known',
      { security: '[{ other: [] }]' },
      [
        'warning security-not-applied: The source "pets" asks for "other", none of which can be applied. Requests to "https://api.test" go without.',
      ],
    ],
    [
      'that a credential does not have the form',
      { security: '[{ basic: [] }, {}]', options: { credentials: { basic: 'me' } } },
      [
        'error invalid-credential: The credential "basic" does not have the form that its security scheme asks for; the text "username:password" was expected.',
      ],
    ],
    [
      'that a credential does not have the form, and not that there is none',
      { security: '[{ basic: [] }]', options: { credentials: { basic: 'me' } } },
      [expect.stringMatching(/^error invalid-credential: The credential "basic" does not have the form/)],
    ],
    [
      'that a credential is for nothing',
      { security: '[]', options: { credentials: { baerer: 't' } } },
      [
        expect.stringContaining(
          'warning unknown-credential: A credential is given for "baerer", which no source has a security scheme for',
        ),
      ],
    ],
  ])('says %s', async (_case, given, expected) => {
    expect(await judge(given)).toEqual(expected);
  });

  it('previews which credentials go with a request, and not the credentials', async () => {
    const result = await planFor(
      { security: '[{ bearer: [] }]', options: { credentials: { bearer: 's3cr3t' } } },
      remote,
    );
    const requests = result.kind === 'planned' ? preview(result.plan) : [];
    expect(requests).toMatchObject([{ kind: 'planned-request', credentials: ['bearer'] }]);
    expect(JSON.stringify(requests)).not.toContain('s3cr3t');
  });

  it('warns of credentials that go unencrypted to another machine', async () => {
    const given = (security: string): Case => ({
      security,
      options: { credentials: { bearer: 't', digest: 'me:pw' } },
    });
    expect(await judge(given('[{ bearer: [] }]'), 'http://api.test')).toEqual([
      'warning unencrypted-credential: The credential "bearer" goes to "http://api.test" unencrypted; an https URL was expected.',
    ]);
    expect(await judge(given('[{ digest: [] }]'), 'http://api.test')).toEqual([]);
    expect(await judge(given('[{ bearer: [] }]'), 'http://localhost')).toEqual([]);
  });

  it('misses a signature on AWS, even where the description makes it optional', async () => {
    const optional = { security: '[{ hmac: [] }, {}]' };
    expect(await judge(optional, 'https://apigateway.us-east-1.amazonaws.com')).toEqual([
      expect.stringContaining('warning security-not-applied: The source "pets" asks for "hmac", and no credential'),
    ]);
    expect(await judge(optional)).toEqual([]);
  });

  it('does not miss a signature on this machine', async () => {
    expect(await judge({ security: '[{ hmac: [] }]' }, 'http://127.0.0.1:4610')).toEqual([]);
    expect(await judge({ security: '[{ hmac: [] }]' })).toHaveLength(1);
  });

  it('names where tokens come from among its targets', async () => {
    const result = await planFor(
      {
        security: '[{ oauth: [] }]',
        options: { credentials: { oauth: { clientId: 'a', clientSecret: 'b', tokenUrl: 'https://login.test/t' } } },
      },
      remote,
    );
    expect(result).toMatchObject({ plan: { targets: [remote, 'https://login.test/t'] } });
  });

  it('refuses a credential that could be for two sources', async () => {
    const api = (name: string) =>
      `openapi: 3.1.0\ninfo: { title: ${name}, version: '1' }\nservers: [{ url: 'https://${name}.test' }]\n${schemes}paths:
  /a: { get: { operationId: ${name}, security: [{ bearer: [] }] } }\n`;
    const text = `sourceDescriptions: [{ name: one, url: one.yaml }, { name: two, url: two.yaml }]\n${oneWorkflow('- { stepId: a, operationId: $sourceDescriptions.one.one }')}`;
    const document = await loadText(text, { 'one.yaml': api('one'), 'two.yaml': api('two') });
    expect(await plan(document, { credentials: { bearer: 't' } })).toMatchObject({
      kind: 'refused',
      diagnostics: [
        {
          code: 'invalid-credential',
          message:
            'A credential is given for "bearer", a security scheme of the sources "one" and "two"; name the one it is for, as in "one.bearer".',
        },
      ],
    });
    expect(await plan(document, { credentials: { 'one.bearer': 't' } })).toMatchObject({
      kind: 'planned',
      warnings: [],
    });
  });
});
