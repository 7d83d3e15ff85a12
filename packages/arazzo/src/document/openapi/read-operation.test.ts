import { describe, expect, it } from 'vitest';
import { readOperations } from '../../testing/operations.ts';
import type { Operation } from './operation.ts';
import type { Schema } from './schema.ts';

async function readOne(text: string, files: Readonly<Record<string, string>> = {}): Promise<Operation> {
  const { operations, problems } = await readOperations({ 'api.yaml': text, ...files });
  expect(problems).toEqual([]);
  const [operation] = operations.values();
  if (operation === undefined) throw new Error('no operation');
  return operation;
}

function schemaOf(operation: Operation): Schema | undefined {
  return operation.body?.contents[0]?.schema;
}

describe('an OpenAPI 3 operation', () => {
  it('has the parameters of its path, overridden by its own, and the nearest server', async () => {
    const operation = await readOne(`openapi: 3.0.3
servers: [{ url: https://root.test }]
paths:
  /a/{id}:
    servers: [{ url: https://path.test/ }]
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: q, in: query, schema: { enum: [a] } }
    get:
      servers: [{ url: 'https://{zone}.test/v1', variables: { zone: { default: eu, enum: [eu, us] } } }]
      parameters:
        - { name: q, in: query, style: pipeDelimited, explode: false, allowReserved: true, schema: { type: array } }
        - { name: f, in: query, content: { application/json: {} } }
        - { name: Authorization, in: header, required: true }
`);
    expect(operation).toMatchObject({
      method: 'GET',
      parameters: [
        { name: 'id', in: 'path', required: true },
        { name: 'q', in: 'query', required: false, style: 'pipeDelimited', explode: false, allowReserved: true },
        { name: 'f', in: 'query', required: false, mediaType: 'application/json' },
      ],
      server: {
        url: 'https://{zone}.test/v1',
        variables: new Map([['zone', { default: 'eu', allowed: ['eu', 'us'] }]]),
      },
      serverUrl: 'https://eu.test/v1',
    });
  });

  it('may have a method of OpenAPI 3.2', async () => {
    const { operations } = await readOperations({
      'api.yaml': `openapi: 3.2.0
paths: { /a: { query: { operationId: ask }, additionalOperations: { COPY: { operationId: copy } } } }`,
    });
    expect([...operations].map(([id, { method }]) => [id, method])).toEqual([
      ['ask', 'QUERY'],
      ['copy', 'COPY'],
    ]);
  });

  it('reads schemas through references, parts and circles', async () => {
    const operation = await readOne(
      `openapi: 3.1.0
paths:
  /a:
    post:
      requestBody:
        content: { application/json: { schema: { $ref: 'parts.yaml#/components/schemas/Node', required: [extra] } } }
`,
      {
        'parts.yaml': `components:
  schemas:
    Node:
      allOf:
        - { type: object, required: [name], properties: { name: { const: n } } }
        - { properties: { next: { $ref: '#/components/schemas/Node' } }, additionalProperties: false }
`,
      },
    );
    const schema = schemaOf(operation);
    expect(schema).toMatchObject({ types: ['object'], others: 'none', componentName: 'Node' });
    expect([...(schema?.required ?? [])].sort()).toEqual(['extra', 'name']);
    expect(schema?.properties.get('name')?.allowed).toEqual(['n']);
    const next = schema?.properties.get('next');
    expect(next?.properties.get('next')).toBe(next);
    expect([...(next?.required ?? [])]).toEqual(['name']);
  });

  it('may stand beside the reference of its path item', async () => {
    const { operations } = await readOperations({
      'api.yaml': `openapi: 3.1.0\npaths: { /a: { $ref: '#/b', get: {} } }\nb: { put: {} }`,
    });
    expect([...operations.keys()]).toEqual(['GET /a', 'PUT /a']);
  });

  it('has the parameters and the server of its path item, on whichever side of a reference they stand', async () => {
    const { operations } = await readOperations({
      'api.yaml': `openapi: 3.1.0
paths:
  /a: { $ref: '#/b', get: {}, parameters: [{ name: q, in: query, required: true }], servers: [{ url: http://beside.test }] }
b: { put: {}, parameters: [{ name: q, in: query }, { name: h, in: header }], servers: [{ url: http://behind.test }] }
`,
    });
    const seen = [...operations].map(([id, { parameters, serverUrl }]) => [
      id,
      serverUrl,
      ...parameters.map(({ name, required }) => `${name}${required ? '!' : ''}`),
    ]);
    expect(seen).toEqual([
      ['GET /a', 'http://beside.test', 'q!', 'h'],
      ['PUT /a', 'http://beside.test', 'q!', 'h'],
    ]);
  });

  it('has references and servers relative to the $self of OpenAPI 3.2', async () => {
    const operation = await readOne(
      `openapi: 3.2.0
$self: http://x.test/apis/api.yaml
servers: [{ url: ../v1 }]
paths: { /a: { get: { parameters: [{ $ref: 'parts.yaml#/id' }, { $ref: 'http://x.test/apis/api.yaml#/q' }] } } }
q: { name: q, in: query }
`,
      { '/apis/parts.yaml': 'id: { name: id, in: header }' },
    );
    expect(operation.serverUrl).toBe('http://x.test/v1');
    expect(operation.parameters.map(({ name }) => name)).toEqual(['id', 'q']);
  });

  it('leaves out what stands beside a reference before OpenAPI 3.1, and adds null where it is allowed', async () => {
    const operation = await readOne(`openapi: 3.0.0
paths: { /a: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/x', required: [no] } } } } } } }
x: { type: string, nullable: true, enum: [a] }
`);
    expect(schemaOf(operation)).toMatchObject({ types: ['string', 'null'], allowed: ['a', null], required: new Set() });
  });

  it('reports a reference that leads nowhere at the top, and takes a deeper one for anything', async () => {
    const { problems } = await readOperations({
      'api.yaml': `openapi: 3.1.0
paths: { /a: { post: { requestBody: { content: { application/json: { schema: { properties: { a: { $ref: '#/no' }, b: { items: { items: { $ref: '#/never' } } } } } } } } } } }`,
    });
    expect(problems).toEqual([
      'error unresolved-reference /paths/~1a/post/requestBody/content/application~1json/schema/properties/a/$ref: The reference "#/no" cannot be resolved: there is nothing at that place.',
    ]);
  });
});

describe('a Swagger 2.0 operation', () => {
  it('has its server from scheme, host and base path', async () => {
    const paths = 'paths: { /a: { get: {} }, /b: { get: { schemes: [http] } } }';
    const { operations } = await readOperations({
      'api.yaml': `swagger: '2.0'\nhost: x.test\nbasePath: /v2\nschemes: [http, https]\n${paths}`,
    });
    expect([...operations.values()].map(({ serverUrl }) => serverUrl)).toEqual([
      'https://x.test/v2',
      'http://x.test/v2',
    ]);
    expect((await readOne("swagger: '2.0'\npaths: { /a: { get: {} } }")).serverUrl).toBeUndefined();
  });

  it('has its collection formats as styles', async () => {
    const formats = ['csv', 'ssv', 'tsv', 'pipes', 'multi'];
    const parameters = formats.map(
      (format) => `{ name: ${format}, in: query, type: array, collectionFormat: ${format} }`,
    );
    const operation = await readOne(
      `swagger: '2.0'\npaths: { /a: { get: { parameters: [${parameters.join(', ')}] } } }`,
    );
    expect(operation.parameters.map(({ name, style, explode }) => [name, style, explode])).toEqual([
      ['csv', undefined, false],
      ['ssv', 'spaceDelimited', false],
      ['tsv', 'tabDelimited', false],
      ['pipes', 'pipeDelimited', false],
      ['multi', undefined, true],
    ]);
  });

  it('has its body parameter as body, of the types it consumes', async () => {
    const operation = await readOne(`swagger: '2.0'
consumes: [application/xml, application/json]
parameters: { body: { name: body, in: body, required: true, schema: { $ref: '#/definitions/Pet' } } }
definitions: { Pet: { type: object, required: [name], properties: { name: { type: string } } } }
paths: { /a: { post: { parameters: [{ $ref: '#/parameters/body' }] } } }
`);
    expect(operation.parameters).toEqual([]);
    expect(operation.body).toMatchObject({
      required: true,
      contents: [{ mediaType: 'application/xml' }, { mediaType: 'application/json' }],
    });
    expect(schemaOf(operation)).toMatchObject({ componentName: 'Pet', required: new Set(['name']) });
  });

  it('has its form fields as members of one body, multipart when a file is among them', async () => {
    const fields = '{ name: n, in: formData, type: array, required: true, collectionFormat: pipes }';
    const form = (more: string) => `swagger: '2.0'\npaths: { /a: { post: { parameters: [${fields}${more}] } } }`;
    expect((await readOne(form(''))).body).toMatchObject({
      required: true,
      contents: [
        {
          mediaType: 'application/x-www-form-urlencoded',
          schema: { required: new Set(['n']) },
          encoding: new Map([['n', { style: 'pipeDelimited', explode: false }]]),
        },
      ],
    });
    const withFile = (await readOne(form(', { name: f, in: formData, type: file }'))).body?.contents;
    expect(withFile?.map(({ mediaType }) => mediaType)).toEqual(['multipart/form-data']);
    expect(withFile?.[0]?.schema?.properties.get('f')).toMatchObject({ types: ['string'], format: 'binary' });
  });
});
