import { describe, expect, it } from 'vitest';
import { plan } from '../plan/make-plan.ts';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { buildRequest } from './build-request.ts';

/** What is sent for one step with these inputs, or why it is not. */
async function build(
  operation: string,
  step: string,
  inputs: Readonly<Record<string, unknown>> = {},
  version = '3.2.0',
) {
  const api = `openapi: ${version}\nservers: [{ url: http://x.test/v1 }]\npaths:\n  ${operation}\n`;
  const names = Object.keys(inputs).map((name) => `${name}: {}`);
  const text = oneWorkflow(`- ${step}`, `inputs: { type: object, properties: { ${names.join(', ')} } }`);
  const planned = await plan(await loadText(text, { 'pets.yaml': api }), { inputs });
  if (planned.kind === 'refused') return planned.diagnostics.map(({ message }) => message).join(' ');
  const call = planned.plan.workflows.get('w')?.steps[0]?.call;
  if (call?.kind !== 'operation') throw new Error('no operation');
  const scope = { inputs, steps: new Map(), workflows: new Map(), sources: new Map() };
  const built = buildRequest(call, scope);
  return built.kind === 'built' ? built.request : built.reason.message;
}

async function urlOf(parameter: string, value: string, inputs = {}, path = '/a') {
  const name = /name: (\w+)/.exec(parameter)?.[1];
  const place = /in: (\w+)/.exec(parameter)?.[1];
  const operation = `${path}: { get: { operationId: o, parameters: [{ ${parameter} }] } }`;
  const step = `{ stepId: a, operationId: o, parameters: [{ name: ${name}, in: ${place}, value: ${value} }] }`;
  const request = await build(operation, step, inputs);
  return typeof request === 'string' ? request : request.url;
}

describe('the URL of a request', () => {
  it.each([
    ['name: q, in: query, style: deepObject, explode: true', '{ a: 1 }', '?q%5Ba%5D=1'],
    ['name: q, in: query, style: form, explode: false', '[1, 2]', '?q=1,2'],
    ['name: q, in: query, allowReserved: true', '"a/b?c d"', '?q=a/b?c%20d'],
    ['name: q, in: query, content: { application/json: {} }', '{ a: [1] }', '?q=%7B%22a%22%3A%5B1%5D%7D'],
    ['name: q, in: query, content: { application/json: {} }', `'{"a": 1}'`, '?q=%7B%22a%22%3A%201%7D'],
    ['name: q, in: query, content: { application/json: {} }', '$inputs.text', '?q=%22x%22'],
    ['name: q, in: querystring, content: { application/x-www-form-urlencoded: {} }', '"a=b c&d=%20"', '?a=b%20c&d=%20'],
    ['name: q, in: querystring, content: { application/x-www-form-urlencoded: {} }', '{ a: [1, 2] }', '?a=1&a=2'],
    ['name: q, in: querystring, content: { application/json: {} }', `'{"a":1}'`, '?%7B%22a%22%3A1%7D'],
    ['name: q, in: querystring', '"?a={$inputs.text}"', '?a=x'],
    ['name: q, in: querystring', '"?a={$inputs.other}&b=[1]"', '?a=%22%26b%3D%25&b=%5B1%5D'],
    ['name: q, in: querystring', '"{$inputs.form}"', '?a=1&b=2'],
    ['name: q, in: querystring', '"a={$inputs.text}&b={$inputs.none}"', ''],
    [
      'name: q, in: query, content: { application/json: {} }',
      `'{"a":"{$inputs.other}"}'`,
      '?q=%7B%22a%22%3A%22%5C%22%26b%3D%25%22%7D',
    ],
  ])('has a parameter described as %s', async (parameter, value, search) => {
    const inputs = { text: 'x', other: '"&b=%', form: 'a=1&b=2', none: undefined };
    expect(await urlOf(parameter, value, inputs)).toBe(`http://x.test/v1/a${search}`);
  });

  it.each([
    ['style: label', '[1, 2]', 'http://x.test/v1/a/.1,2'],
    ['style: matrix, explode: true', '{ b: 1, c: 2 }', 'http://x.test/v1/a/;b=1;c=2'],
    ['style: simple', '""', 'The path parameter "p" of "/a/{p}" is "", which is no path segment.'],
    ['style: label', '""', 'The path parameter "p" of "/a/{p}" is "", which is no path segment.'],
    [
      'style: simple, allowReserved: true',
      '"%2e."',
      'The path parameter "p" of "/a/{p}" is "%2e.", which is no path segment.',
    ],
  ])('has a path parameter with %s and the value %s', async (style, value, expected) => {
    expect(await urlOf(`name: p, in: path, required: true, ${style}`, value, {}, '/a/{p}')).toBe(expected);
  });

  it.each([
    ['/a?b=1', '/a?b=1&q=%231'],
    ["'/a#b'", '/a?q=%231'],
    ["'/a?b=1#c'", '/a?b=1&q=%231'],
  ])('goes on with the query of the path %s, and never has its fragment', async (path, expected) => {
    expect(await urlOf('name: q, in: query', "'#1'", {}, path)).toBe(`http://x.test/v1${expected}`);
  });

  it('refuses a whole query beside single parameters', async () => {
    const operation = '/a: { get: { operationId: o } }';
    const parameters = '[{ name: q, in: querystring, value: a=1 }, { name: r, in: query, value: 1 }]';
    expect(await build(operation, `{ stepId: a, operationId: o, parameters: ${parameters} }`)).toContain(
      'The step "a" gives the whole query as "q" and the parameter "r" besides; only one of them may be given.',
    );
  });

  it('refuses a style that its place cannot have', async () => {
    expect(await urlOf('name: q, in: query, style: matrix', '1')).toBe(
      'The API describes the query parameter "q" with the style "matrix"; one of "form", "deepObject", "spaceDelimited", "pipeDelimited" and "tabDelimited" was expected.',
    );
  });
});

it.each([
  ['7', 'post', { body: '{"a":1}' }],
  ['3', 'post', 'The header "Content-Length" has the value "3", and the body has 7 bytes; leave the header out.'],
  ['1', 'get', 'The header "Content-Length" has the value "1", and the body has 0 bytes; leave the header out.'],
])(
  'with the header Content-Length %s and the method %s is sent only if that is its length',
  async (length, method, expected) => {
    const operation = `/a: { ${method}: { operationId: o, requestBody: { content: { application/json: {} } } } }`;
    const body = method === 'get' ? '' : ', requestBody: { payload: { a: 1 } }';
    const step = `{ stepId: a, operationId: o, parameters: [{ name: Content-Length, in: header, value: $inputs.length }]${body} }`;
    const built = await build(operation, step, { length });
    if (typeof expected === 'string') expect(built).toContain(expected);
    else expect(built).toMatchObject(expected);
  },
);

it.each(['chunked', 'gzip', '$inputs.coding'])('is not sent with the header Transfer-Encoding %s', async (coding) => {
  const operation = '/a: { post: { operationId: o, requestBody: { content: { application/json: {} } } } }';
  const step = `{ stepId: a, operationId: o, parameters: [{ name: transfer-encoding, in: header, value: ${coding} }], requestBody: { payload: { a: 1 } } }`;
  expect(await build(operation, step, { coding: 'identity' })).toContain(
    'and how a body is transferred is not for a step to say; leave the header out.',
  );
});

it('writes cookies beside a cookie header, encoded or as they are', async () => {
  const operation = `/a: { get: { operationId: o, parameters: [{ name: c, in: cookie }, { name: d, in: cookie, style: cookie }] } }`;
  const parameters =
    '[{ name: Cookie, in: header, value: x=1 }, { name: c, in: cookie, value: a b }, { name: d, in: cookie, value: a=b }]';
  expect(await build(operation, `{ stepId: a, operationId: o, parameters: ${parameters} }`)).toMatchObject({
    headers: { accept: '*/*', cookie: 'x=1; c=a%20b; d=a=b' },
  });
});

it.each([
  ['not sent', '', '', {}],
  ['sent where JSON is asked for', ', content: { application/json: {} }', '?q=null', { h: 'null', cookie: 'c=null' }],
])('null as a parameter is %s', async (_, media, search, headers) => {
  const places = ['q, in: query', 'h, in: header', 'c, in: cookie'];
  const described = places.map((place) => `{ name: ${place}${media} }`);
  const given = places.map((place) => `{ name: ${place}, value: $inputs.none }`);
  const step = `{ stepId: a, operationId: o, parameters: [${given.join(', ')}] }`;
  const operation = `/a: { get: { operationId: o, parameters: [${described.join(', ')}] } }`;
  const built = await build(operation, step, { none: null });
  expect(built).toHaveProperty('url', `http://x.test/v1/a${search}`);
  expect(built).toHaveProperty('headers', { accept: '*/*', ...headers });
});

it('sends no header for an empty list', async () => {
  const operation = '/a: { get: { operationId: o, parameters: [{ name: h, in: header }] } }';
  const built = await build(
    operation,
    '{ stepId: a, operationId: o, parameters: [{ name: h, in: header, value: [] }] }',
  );
  expect(built).toHaveProperty('headers', { accept: '*/*' });
});

it('refuses null in a path', async () => {
  expect(await urlOf('name: p, in: path, required: true', '$inputs.none', { none: null }, '/a/{p}')).toBe(
    'The path parameter "p" of "/a/{p}" has no value.',
  );
});

it('refuses a cookie that would begin another', async () => {
  const operation = '/a: { get: { operationId: o, parameters: [{ name: c, in: cookie, style: cookie }] } }';
  const parameters = '[{ name: c, in: cookie, value: a; b=c }]';
  expect(await build(operation, `{ stepId: a, operationId: o, parameters: ${parameters} }`)).toBe(
    'The cookie "c" is "a; b=c", which a cookie cannot hold.',
  );
});

describe('the body of a request', () => {
  const post = (media: string) => `/a: { post: { operationId: o, requestBody: { content: { ${media} } } } }`;
  const send = (media: string, requestBody: string, inputs = {}) =>
    build(post(media), `{ stepId: a, operationId: o, requestBody: { ${requestBody} } }`, inputs);

  it('is JSON whatever a value within a text of it holds', async () => {
    const value = 'say "hi",\n\\ "admin": true';
    const template = `payload: '{"a": "x {$inputs.text}", "\\"": {$inputs.count}, "o": "{$inputs.object}"}'`;
    const inputs = { text: value, count: 7, object: { b: 1 } };
    expect(await send('application/json: {}', template, inputs)).toMatchObject({
      exchange: { request: { body: { a: `x ${value}`, '"': 7, o: '{"b":1}' } } },
    });
  });

  it('is described by the nearest range of media types', async () => {
    const schema = (name: string) => `{ schema: { xml: { name: ${name} } } }`;
    const media = `'*/*': ${schema('any')}, 'application/*': ${schema('application')}`;
    expect(await send(media, 'contentType: application/xml, payload: { a: 1 }')).toMatchObject({
      body: '<?xml version="1.0" encoding="UTF-8"?><application><a>1</a></application>',
      headers: { 'content-type': 'application/xml' },
    });
  });

  it.each([
    ['text/plain', 'é'],
    ['text/plain; charset=UTF-8', 'é'],
    ['text/plain; charset=iso-8859-1', Buffer.from([0xe9])],
    ['text/plain; charset="utf-16le"', Buffer.from([0xe9, 0])],
  ])('is encoded for %s', async (contentType, body) => {
    expect(await send('text/plain: {}', `contentType: '${contentType}', payload: é`)).toMatchObject({ body });
  });

  it.each([
    ['us-ascii', 'The body holds "é", which the charset "us-ascii" has not.'],
    [
      'ebcdic',
      'The charset "ebcdic" of the body is not known; one of utf-8, utf8, utf-16le, iso-8859-1, latin1, us-ascii was expected.',
    ],
  ])('is refused when the charset %s cannot hold it', async (charset, message) => {
    expect(await send('text/plain: {}', `contentType: text/plain; charset=${charset}, payload: é`)).toBe(message);
  });

  it.each([
    ['multipart/form-data; boundary=x', 'multipart/form-data', 'multipart/form-data; boundary=x'],
    ['multipart/related; boundary="a b"', 'multipart/related', 'multipart/related; boundary="a b"; type="text/plain"'],
  ])('is multipart with the boundary of %s', async (contentType, mediaType, sent) => {
    const request = await send(`${mediaType}: {}`, `contentType: '${contentType}', payload: { a: 1 }`);
    expect(request).toMatchObject({
      headers: { 'content-type': sent },
      exchange: { request: { body: { a: 1 } } },
    });
  });

  it.each(['multipart/form-data', 'multipart/mixed'])(
    'is multipart text as it is written, with the values in it: %s',
    async (type) => {
      const contentType = `${type}; boundary=x`;
      const payload = String.raw`"--x\r\n\r\n{$inputs.a}\r\n--x--\r\n"`.replaceAll('\\', '\\');
      expect(await send(`${type}: {}`, `contentType: ${contentType}, payload: ${payload}`, { a: 'b' })).toMatchObject({
        body: '--x\r\n\r\nb\r\n--x--\r\n',
        headers: { 'content-type': contentType },
      });
    },
  );

  it('has the parameters of a content type that is given as a header', async () => {
    const header = `multipart/mixed; boundary=x`;
    const operation = post('multipart/mixed: {}');
    const step = `{ stepId: a, operationId: o, parameters: [{ name: Content-Type, in: header, value: ${header} }], requestBody: { payload: [1] } }`;
    expect(await build(operation, step)).toMatchObject({ headers: { 'content-type': header } });
  });
});
