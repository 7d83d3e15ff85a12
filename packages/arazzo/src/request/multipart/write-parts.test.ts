import { describe, expect, it } from 'vitest';
import type { JsonRecord } from '../../document/json.ts';
import { readOperations } from '../../testing/operations.ts';
import { frameParts } from './frame-parts.ts';
import { writeParts } from './write-parts.ts';

/** The lines of the body that a value is in the one media type of an operation, described in YAML flow style. */
async function linesOf(
  value: JsonRecord | readonly unknown[],
  mediaType: string,
  media: string,
): Promise<readonly string[]> {
  const { operations, problems } = await readOperations({
    'api.yaml': `openapi: 3.2.0
paths: { /a: { post: { operationId: o, requestBody: { content: { '${mediaType}': { ${media} } } } } } }
components: { headers: { Id: { schema: { const: 7 } } } }
`,
  });
  expect(problems).toEqual([]);
  const parts = writeParts(value, mediaType, operations.get('o')?.body?.contents[0]);
  const text = Buffer.from(frameParts(parts, `${mediaType}; boundary=B`).bytes).toString();
  return text
    .replaceAll(/gatewright-[0-9a-f-]{36}/g, 'N')
    .split('\r\n')
    .slice(0, -2);
}

const text = 'Content-Type: text/plain; charset=utf-8';
const json = 'Content-Type: application/json';
const binary = 'Content-Type: application/octet-stream';

describe('the parts of an object', () => {
  it('bear the names of its members, and have the types of their values and schemas', async () => {
    const value = { note: 'é', count: 7, meta: { a: 1 }, tags: ['x', 'y'], file: 'aGk=', any: 'hi', none: null };
    const properties = 'note: { type: string }, file: { type: string, format: binary }, any: {}';
    expect(await linesOf(value, 'multipart/mixed', `schema: { properties: { ${properties} } }`)).toEqual([
      ...['--B', 'Content-Disposition: form-data; name="note"', text, '', 'é'],
      ...['--B', 'Content-Disposition: form-data; name="count"', text, '', '7'],
      ...['--B', 'Content-Disposition: form-data; name="meta"', json, '', '{"a":1}'],
      ...['--B', 'Content-Disposition: form-data; name="tags"', text, '', 'x'],
      ...['--B', 'Content-Disposition: form-data; name="tags"', text, '', 'y'],
      ...['--B', 'Content-Disposition: form-data; name="file"; filename="file"', binary, '', 'hi'],
      ...['--B', 'Content-Disposition: form-data; name="any"; filename="any"', binary, '', 'hi'],
    ]);
  });

  it.each(['multipart/mixed', 'multipart/form-data'])(
    'of %s have the headers of their Encoding Objects that have one value',
    async (mediaType) => {
      const headers = `Content-Type: { schema: { const: a/b } }, X-Const: { schema: { const: 1 } }, X-One: { schema: { enum: [[a, b]] } },
        X-Default: { schema: { default: { c: d } }, explode: true }, X-Json: { content: { application/json: { schema: { const: [1] } } } },
        X-Text: { content: { text/plain: { schema: { const: 'a; b' } } } }, X-Shared: { $ref: '#/components/headers/Id' },
        X-Example: { example: 1, schema: { type: integer, examples: [1] } }, X-Two: { schema: { enum: [1, 2] } }, X-Never: { schema: false }`;
      const media = `encoding: { a: { contentType: text/x-a, headers: { ${headers} } } }`;
      expect(await linesOf({ a: 'x' }, mediaType, media)).toEqual([
        ...['--B', 'Content-Disposition: form-data; name="a"', 'Content-Type: text/x-a'],
        ...['X-Const: 1', 'X-One: a,b', 'X-Default: c=d', 'X-Json: [1]', 'X-Text: a; b', 'X-Shared: 7', '', 'x'],
      ]);
    },
  );

  it('have the disposition that a description fixes, in place of their own', async () => {
    const headers = `content-disposition: { content: { text/plain: { schema: { const: 'form-data; name="a"; filename="a.txt"' } } } }`;
    const media = `encoding: { a: { headers: { ${headers} } } }`;
    expect(await linesOf({ a: 'x' }, 'multipart/form-data', media)).toEqual([
      ...['--B', 'content-disposition: form-data; name="a"; filename="a.txt"', '', 'x'],
    ]);
  });

  it.each([
    ['multipart/mixed', 'type: string, contentEncoding: base64', '', ['Content-Transfer-Encoding: base64']],
    ['multipart/form-data', 'type: string, contentEncoding: base64', '', []],
    ['multipart/mixed', 'type: string, contentEncoding: base64url', '', []],
    ['multipart/mixed', 'type: string', 'base64', ['Content-Transfer-Encoding: base64']],
    ['multipart/form-data', 'type: string', 'base64', ['Content-Transfer-Encoding: base64']],
  ])('of %s that are encoded by { %s } and the header %j stay so', async (mediaType, schema, stated, lines) => {
    const encoding = `encoding: { a: { headers: { Content-Transfer-Encoding: { schema: { const: '${stated}' } } } } }`;
    const media = `schema: { properties: { a: { ${schema} } } }${stated === '' ? '' : `, ${encoding}`}`;
    expect(await linesOf({ a: 'aGk=' }, mediaType, media)).toEqual([
      ...['--B', 'Content-Disposition: form-data; name="a"; filename="a"', binary, ...lines, '', 'aGk='],
    ]);
  });

  it('are refused a header that cannot be carried', async () => {
    const media = `encoding: { a: { headers: { X-A: { schema: { const: "b\\nc" } } } } }`;
    await expect(linesOf({ a: 'x' }, 'multipart/mixed', media)).rejects.toThrow(
      'The header "X-A" has the value "b\\nc"',
    );
  });
});

describe('the parts of a list', () => {
  it('have the encodings of their positions, and no names', async () => {
    const value = [{ a: 1 }, 'data:image/png;base64,aGk=', 'b', [2]];
    const media = `schema: { prefixItems: [{ type: object }, {}], items: { type: string } },
      prefixEncoding: [{}, { contentType: image/* }], itemEncoding: { contentType: text/csv, headers: { X-A: { schema: { const: a } } } }`;
    expect(await linesOf(value, 'multipart/mixed', media)).toEqual([
      ...['--B', json, '', '{"a":1}'],
      ...['--B', 'Content-Type: image/png', '', 'hi'],
      ...['--B', 'Content-Type: text/csv', 'X-A: a', '', 'b'],
      ...['--B', 'Content-Type: text/csv', 'X-A: a', '', '[2]'],
    ]);
  });

  it('are described by the schema of one item', async () => {
    const media = 'itemSchema: {}, itemEncoding: { contentType: image/jpg }';
    expect(await linesOf(['aGk=', 'aGk='], 'multipart/mixed', media)).toEqual([
      ...['--B', 'Content-Type: image/jpg', '', 'hi'],
      ...['--B', 'Content-Type: image/jpg', '', 'hi'],
    ]);
  });

  it('leave out null, unless JSON is asked for, and keep the encodings of their places', async () => {
    const media = 'prefixEncoding: [{}, { contentType: application/json }, { contentType: text/csv }]';
    expect(await linesOf([null, null, 'a'], 'multipart/mixed', media)).toEqual([
      ...['--B', json, '', 'null'],
      ...['--B', 'Content-Type: text/csv', '', 'a'],
    ]);
  });

  it('are nested as their encodings say', async () => {
    const media = `schema: { prefixItems: [{ type: array }, { type: array, prefixItems: [{ type: object, xml: { name: r } }, { type: string }] }] },
      prefixEncoding: [{}, { contentType: multipart/mixed, prefixEncoding: [{ contentType: application/xml }] }]`;
    expect(await linesOf([[1], [{ a: 2 }, 'b']], 'multipart/mixed', media)).toEqual([
      ...['--B', json, '', '[1]'],
      ...['--B', 'Content-Type: multipart/mixed; boundary=N', ''],
      ...['--N', 'Content-Type: application/xml', '', '<?xml version="1.0" encoding="UTF-8"?><r><a>2</a></r>'],
      ...['--N', text, '', 'b'],
      ...['--N--', ''],
    ]);
  });

  it('of a form are named by their only members, or by the disposition that a description fixes', async () => {
    const disposition = `Content-Disposition: { content: { text/plain: { schema: { const: 'form-data; name="c"' } } } }`;
    const media = `schema: { prefixItems: [{ properties: { a: { type: string, format: binary } } }, {}] },
      prefixEncoding: [{}, {}, { headers: { ${disposition} } }]`;
    expect(await linesOf([{ a: 'aGk=' }, { b: [1, 2] }, { d: 3 }], 'multipart/form-data', media)).toEqual([
      ...['--B', 'Content-Disposition: form-data; name="a"; filename="a"', binary, '', 'hi'],
      ...['--B', 'Content-Disposition: form-data; name="b"', '', '1'],
      ...['--B', 'Content-Disposition: form-data; name="b"', '', '2'],
      ...['--B', json, 'Content-Disposition: form-data; name="c"', '', '{"d":3}'],
    ]);
  });

  it.each([['x'], [{}], [{ a: 1, b: 2 }]])('of a form are refused without a name: %j', async (item) => {
    await expect(linesOf([item], 'multipart/form-data', '')).rejects.toThrow(
      'which has no name as a part of a form; an object with one member was expected.',
    );
  });
});
