import { describe, expect, it } from 'vitest';
import { createLibrary } from '../library.ts';
import { openDescription } from './description.ts';
import { indexOperations } from './operation-index.ts';
import { classifyScheme, listSecuritySchemes, readSecurity } from './security.ts';

it.each([
  ['a key in a header', 'key', { type: 'apiKey', in: 'header', name: 'X-Key' }, 'api-key header X-Key'],
  ['a key in the query', 'key', { type: 'apiKey', in: 'query', name: 'key' }, 'api-key query key'],
  ['a key in a cookie', 'key', { type: 'apiKey', in: 'cookie', name: 'sid' }, 'api-key cookie sid'],
  ['a key nowhere', 'key', { type: 'apiKey', in: 'body', name: 'key' }, 'unknown apiKey'],
  ['HTTP authentication, whatever its case', 'http', { type: 'http', scheme: 'Basic' }, 'http-basic'],
  ['a bearer token', 'http', { type: 'http', scheme: 'bearer' }, 'http-bearer'],
  ['a digest', 'http', { type: 'http', scheme: 'digest' }, 'http-digest'],
  ['another HTTP scheme', 'http', { type: 'http', scheme: 'negotiate' }, 'unknown http negotiate'],
  ['basic authentication of Swagger 2.0', 'basic', { type: 'basic' }, 'http-basic'],
  ['OpenID Connect, whose tokens are bearer tokens', 'oidc', { type: 'openIdConnect' }, 'http-bearer'],
  ['a client certificate', 'tls', { type: 'mutualTLS' }, 'mutual-tls'],
  ['a signature by its name', 'sigv4', { type: 'apiKey', in: 'header', name: 'Authorization' }, 'sigv4'],
  ['a signature of a converted model', 'hmac', { type: 'apiKey', in: 'header', name: 'Authorization' }, 'sigv4'],
  ['a key that is called hmac', 'hmac', { type: 'apiKey', in: 'header', name: 'X-Hmac' }, 'api-key header X-Hmac'],
  [
    "a signature by API Gateway's extension",
    'iam',
    { type: 'apiKey', in: 'header', name: 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    'sigv4',
  ],
  ['no scheme at all', 'x', 7, 'unknown '],
])('classifies %s', (_case, name, value, expected) => {
  const scheme = classifyScheme(name, value);
  expect(Object.values(scheme).join(' ')).toBe(expected);
});

it.each([
  [{ flows: { clientCredentials: { tokenUrl: '/token' }, authorizationCode: {} } }, { clientCredentials: '/token' }],
  [{ flows: { password: { tokenUrl: '/token' } } }, { password: '/token' }],
  [{ flow: 'application', tokenUrl: '/token' }, { clientCredentials: '/token' }],
  [{ flow: 'password', tokenUrl: '/token' }, { password: '/token' }],
  [{ flow: 'implicit' }, {}],
])('reads the OAuth flows of %j', (value, flows) => {
  expect(classifyScheme('oauth', { type: 'oauth2', ...value })).toEqual({ kind: 'oauth2', flows });
});

describe('readSecurity', () => {
  const schemes = `components:
  securitySchemes:
    key: { $ref: '#/components/securitySchemes/real' }
    real: { type: apiKey, in: query, name: k }
    token: { type: http, scheme: bearer }
`;

  async function read(root: string, operation: string) {
    const text = `openapi: 3.1.0\n${root}${schemes}paths: { /a: { get: { ${operation} } } }\n`;
    const library = createLibrary({ read: async () => new TextEncoder().encode(text) });
    const opened = await library.open('file:///api.yaml');
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    const description = openDescription(library, opened.file);
    if (typeof description === 'string') throw new Error(description);
    const [site] = (await indexOperations(description)).sites;
    if (site === undefined) throw new Error('no operation');
    const problems: Parameters<typeof readSecurity>[2] = [];
    const security = await readSecurity(library, site, problems);
    expect(problems).toEqual([]);
    return security.map((alternative) => alternative.map(({ name, scheme }) => `${name}: ${scheme.kind}`));
  }

  it.each([
    ['nothing', '', '', []],
    ['that of the description', 'security: [{ token: [] }]\n', '', [['token: http-bearer']]],
    ["the operation's own over it", 'security: [{ token: [] }]\n', 'security: [{ key: [] }]', [['key: api-key']]],
    ['none when the operation asks for none', 'security: [{ token: [] }]\n', 'security: []', []],
    [
      'alternatives and combinations',
      '',
      'security: [{ key: [], token: [] }, {}, { other: [] }]',
      [['key: api-key', 'token: http-bearer'], [], ['other: unknown']],
    ],
  ])('finds %s', async (_case, root, operation, expected) => {
    expect(await read(root, operation)).toEqual(expected);
  });
});

it('lists the schemes of a description', () => {
  const basic = { type: 'http', scheme: 'basic' };
  const kinds = (root: unknown) => [...listSecuritySchemes(root)].map(([name, { kind }]) => `${name}: ${kind}`);
  expect(kinds({ components: { securitySchemes: { a: basic, b: {} } } })).toEqual(['a: http-basic', 'b: unknown']);
  expect(kinds({ securityDefinitions: { a: { type: 'basic' } } })).toEqual(['a: http-basic']);
  expect(kinds(7)).toEqual([]);
});
