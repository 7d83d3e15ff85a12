import { describe, expect, it } from 'vitest';
import { readOperations } from '../testing/operations.ts';
import { writeBody } from './write-body.ts';

/** Writes a value for the one media type of an operation, described in YAML flow style. */
async function write(value: unknown, mediaType: string, media: string, components = ''): Promise<string> {
  const { operations } = await readOperations({
    'api.yaml': `openapi: 3.2.0
paths: { /a: { post: { operationId: o, requestBody: { content: { '${mediaType}': { ${media} } } } } } }
components: { schemas: { ${components} } }
`,
  });
  const content = operations.get('o')?.body?.contents[0];
  const { bytes, contentType } = writeBody(value, mediaType, content);
  const boundary = /boundary=(.+)/.exec(contentType ?? '')?.[1] ?? 'none';
  return Buffer.from(bytes).toString().replaceAll(boundary, 'B');
}

const form = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';
const xml = 'application/xml';
const prolog = '<?xml version="1.0" encoding="UTF-8"?>';

describe('a form body', () => {
  it.each([
    [{ a: 'x y', b: [1, 2], c: { d: 1 } }, '', 'a=x%20y&b=1&b=2&c=%7B%22d%22%3A1%7D'],
    [{ b: [1, 2] }, 'encoding: { b: { style: pipeDelimited, explode: false } }', 'b=1%7C2'],
    [{ c: { d: 1 } }, 'encoding: { c: { style: deepObject } }', 'c%5Bd%5D=1'],
    [{ a: 'x/y&z' }, 'encoding: { a: { allowReserved: true } }', 'a=x/y%26z'],
    [{ b: [1, 2] }, 'encoding: { b: { contentType: application/json } }', 'b=%5B1%2C2%5D'],
    [{ a: null, b: [null, 1], c: { d: null } }, '', 'b=1&c=%7B%22d%22%3Anull%7D'],
    [{ a: null, b: null }, 'encoding: { a: { style: deepObject }, b: { contentType: application/json } }', 'b=null'],
  ])('writes %j with %s', async (value, media, text) => {
    expect(await write(value, form, media)).toBe(text);
  });
});

describe('a multipart body', () => {
  it('has a part for each member and item, of the type that its encoding or its schema asks for', async () => {
    const media = `schema: { properties: { file: { type: string, format: binary }, csv: { type: string, format: binary }, at: { type: string } } },
      encoding: { at: { contentType: text/x-time }, csv: { contentType: text/csv }, note: { contentType: application/json }, icon: { contentType: 'image/png, image/gif' } }`;
    const value = {
      text: 'x',
      list: [1, { a: 2 }],
      file: 'aGk=',
      csv: 'abcd',
      at: 'now',
      note: 'n',
      icon: 'data:,hi%21',
      'a"b': true,
    };
    expect((await write(value, multipart, media)).split('\r\n')).toEqual([
      ...['--B', 'Content-Disposition: form-data; name="text"', '', 'x'],
      ...['--B', 'Content-Disposition: form-data; name="list"', '', '1'],
      ...['--B', 'Content-Disposition: form-data; name="list"', 'Content-Type: application/json', '', '{"a":2}'],
      '--B',
      ...[
        'Content-Disposition: form-data; name="file"; filename="file"',
        'Content-Type: application/octet-stream',
        '',
        'hi',
      ],
      ...['--B', 'Content-Disposition: form-data; name="csv"; filename="csv"', 'Content-Type: text/csv', '', 'abcd'],
      ...['--B', 'Content-Disposition: form-data; name="at"', 'Content-Type: text/x-time', '', 'now'],
      ...['--B', 'Content-Disposition: form-data; name="note"', 'Content-Type: application/json', '', '"n"'],
      '--B',
      ...['Content-Disposition: form-data; name="icon"; filename="icon"', 'Content-Type: image/png', '', 'hi!'],
      ...['--B', 'Content-Disposition: form-data; name="a%22b"', '', 'true'],
      ...['--B--', ''],
    ]);
  });

  it('has no part for null, which no text stands for, except where JSON is asked for', async () => {
    const value = { a: null, b: [null, 1], c: null };
    expect((await write(value, multipart, 'encoding: { c: { contentType: application/json } }')).split('\r\n')).toEqual(
      [
        ...['--B', 'Content-Disposition: form-data; name="b"', '', '1'],
        ...['--B', 'Content-Disposition: form-data; name="c"', 'Content-Type: application/json', '', 'null'],
        ...['--B--', ''],
      ],
    );
  });

  it('has another boundary each time', () => {
    const types = [1, 2].map(() => writeBody({ a: 1 }, multipart, undefined).contentType);
    expect(types[0]).toMatch(/^multipart\/form-data; boundary=gatewright-[0-9a-f-]{36}$/);
    expect(types[0]).not.toBe(types[1]);
  });

  it('is refused when it is too long', () => {
    const value = { a: 'x'.repeat(51 * 1024 * 1024) };
    expect(() => writeBody(value, multipart, undefined)).toThrow('The multipart body is longer than 52428800 bytes');
  });
});

describe('an XML body', () => {
  it.each([
    [{ a: 1, b: 'x<&>' }, 'xml: { name: root }', '', '<root><a>1</a><b>x&lt;&amp;&gt;</b></root>'],
    [{ a: null }, "$ref: '#/components/schemas/Pet'", 'Pet: { type: object }', '<Pet><a></a></Pet>'],
    [{ root: { a: [1, 2] } }, 'type: object', '', '<root><a>1</a><a>2</a></root>'],
    [
      { id: '"7"', name: 'n' },
      'xml: { name: p, prefix: s, namespace: http://s }, properties: { id: { xml: { attribute: true } } }',
      '',
      '<s:p xmlns:s="http://s" id="&quot;7&quot;"><name>n</name></s:p>',
    ],
    [
      { animals: ['a'] },
      'xml: { name: r }, properties: { animals: { items: { xml: { name: animal } }, xml: { name: aliens, wrapped: true } } }',
      '',
      '<r><aliens><animal>a</animal></aliens></r>',
    ],
    [
      { animals: ['a'] },
      'xml: { name: r }, properties: { animals: { xml: { name: aliens, wrapped: true } } }',
      '',
      '<r><aliens><aliens>a</aliens></aliens></r>',
    ],
    [
      { animals: ['a'] },
      'xml: { name: r }, properties: { animals: { items: { xml: { name: animal } }, xml: { name: aliens } } }',
      '',
      '<r><animal>a</animal></r>',
    ],
    [[1, 2], 'items: { xml: { name: n } }, xml: { name: ns }', '', '<ns><n>1</n><n>2</n></ns>'],
    [
      { t: 'x', c: ']]>' },
      'xml: { name: r }, properties: { t: { xml: { nodeType: text } }, c: { xml: { nodeType: cdata } } }',
      '',
      '<r>x<![CDATA[]]]]><![CDATA[>]]></r>',
    ],
  ])('writes %j for the schema %s', async (value, schema, components, text) => {
    expect(await write(value, xml, `schema: { ${schema} }`, components)).toBe(prolog + text);
  });

  it.each([
    [{ a: 1, b: 2 }, '', 'its schema gives no name for the root element of XML'],
    [{ 'a b': 1 }, 'xml: { name: r }', 'The name "a b" cannot be written as the name of an XML element.'],
    [{ a: '\u0000' }, 'xml: { name: r }', 'The text "\\u0000" holds a character that XML cannot.'],
  ])('refuses %j', async (value, schema, message) => {
    await expect(write(value, xml, `schema: { ${schema} }`)).rejects.toThrow(message);
  });

  it('refuses what is nested without end', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 200; depth += 1) value = { a: value };
    expect(() => writeBody({ r: value }, xml, undefined)).toThrow('nested more than 100 deep');
  });
});

describe('a binary body', () => {
  it.each([
    ['aGk=', '', 'hi'],
    ['hi!', '', 'hi!'],
    ['data:image/png;base64,aGk=', '', 'hi'],
    ['data:,a%20b', '', 'a b'],
    ['aGk=', 'schema: { type: string, contentEncoding: base64 }', 'aGk='],
  ])('writes %j with %s as %j', async (value, media, text) => {
    expect(await write(value, 'image/png', media)).toBe(text);
  });
});
