import { expect, it } from 'vitest';
import { readOperations } from '../../testing/operations.ts';

async function readContent(media: string) {
  const { operations, problems } = await readOperations({
    'api.yaml': `openapi: 3.2.0
paths: { /a: { post: { operationId: o, requestBody: { content: { multipart/mixed: { ${media} } } } } } }
`,
  });
  return { content: operations.get('o')?.body?.contents[0], problems };
}

it('reads encodings by name, by position and within each other', async () => {
  const nested = '{ contentType: multipart/mixed, prefixEncoding: [{ contentType: a/b }], itemEncoding: {} }';
  const media = `encoding: { a: { style: form }, b: ${nested} }, prefixEncoding: [{}, { contentType: c/d }], itemEncoding: { explode: false }`;
  expect((await readContent(media)).content).toEqual({
    mediaType: 'multipart/mixed',
    encoding: new Map<string, object>([
      ['a', { style: 'form' }],
      ['b', { contentType: 'multipart/mixed', prefixEncoding: [{ contentType: 'a/b' }], itemEncoding: {} }],
    ]),
    prefixEncoding: [{}, { contentType: 'c/d' }],
    itemEncoding: { explode: false },
  });
});

it.each<[string, object]>([
  ['{}', {}],
  ['{ required: true, schema: { type: string } }', { required: true }],
  ['{ schema: { const: 1 } }', { fixed: 1 }],
  ['{ schema: { enum: [x] } }', { fixed: 'x' }],
  ['{ schema: { enum: [x, y] } }', {}],
  ['{ schema: { enum: [x, y], default: y } }', { fixed: 'y' }],
  ['{ schema: { default: [1] }, explode: true }', { fixed: [1], explode: true }],
  ['{ example: x, schema: { example: x } }', {}],
  ['{ content: { text/plain: { schema: { const: x } } } }', { mediaType: 'text/plain', fixed: 'x' }],
])('reads the header %s of a part', async (header, expected) => {
  const { content } = await readContent(`itemEncoding: { headers: { Content-Type: {}, X-A: ${header} } }`);
  expect(content?.itemEncoding).toEqual({ headers: [{ name: 'X-A', required: false, ...expected }] });
});

it('tells of a reference of a header that leads nowhere', async () => {
  const { problems } = await readContent("encoding: { a: { headers: { X-A: { $ref: '#/none' } } } }");
  expect(problems).toEqual([expect.stringContaining('The reference "#/none" cannot be resolved')]);
});

it.each([
  ['itemSchema: { type: integer }', { types: ['array'], items: { types: ['integer'] } }],
  [
    'schema: { prefixItems: [{ type: integer }], items: { type: string } }',
    { prefixItems: [{ types: ['integer'] }], items: { types: ['string'] } },
  ],
  ['schema: { type: array }, itemSchema: { type: integer }', { types: ['array'] }],
])('reads the schemas of items: %s', async (media, schema) => {
  expect((await readContent(media)).content?.schema).toMatchObject(schema);
});
