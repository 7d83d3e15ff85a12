import { describe, expect, it } from 'vitest';
import type { Template } from '../expression/template.ts';
import { compileQuery } from '../query/compile.ts';
import { Refusal } from './refusal.ts';
import { serializeBody } from './serialize-body.ts';

const text: Template = { kind: 'text', parts: [], text: '' };
const expression: Template = { kind: 'expression', expression: { kind: 'input', name: 'x' }, text: '' };

interface Replaced {
  readonly target: string;
  readonly language?: string;
  readonly value: unknown;
}

function written(payload: unknown, mediaType: string, template = expression, replacements: readonly Replaced[] = []) {
  try {
    const compiled = replacements.map((replacement) => {
      const { target, language = 'jsonpointer' } = replacement;
      return { ...replacement, language, query: compileQuery({ type: language }, target) };
    });
    const result = serializeBody(payload, template, compiled, mediaType);
    return result.bytes;
  } catch (error) {
    return error instanceof Refusal ? error.message : error;
  }
}

describe('serializeBody', () => {
  it.each([
    [{ a: 1 }, 'application/json', expression, '{"a":1}'],
    [{ a: 1 }, 'application/merge-patch+json', expression, '{"a":1}'],
    ['{ "a": 1 }', 'application/json', text, '{ "a": 1 }'],
    ['abc', 'application/json', expression, '"abc"'],
    [null, 'application/json', expression, 'null'],
    [
      { a: 'x y', b: [1, 2], c: { d: 1 }, e: null },
      'application/x-www-form-urlencoded',
      expression,
      'a=x%20y&b=1&b=2&c=%7B%22d%22%3A1%7D',
    ],
    ['a=1&b=2', 'application/x-www-form-urlencoded', text, 'a=1&b=2'],
    ['<a/>', 'application/xml', text, '<a/>'],
    [7, 'text/plain', expression, '7'],
    [{ a: 1 }, 'text/plain', expression, 'The payload is {"a":1}, which cannot be written as "text/plain".'],
    [
      7,
      'application/x-www-form-urlencoded',
      expression,
      'The payload is 7, which cannot be written as "application/x-www-form-urlencoded".',
    ],
  ])('writes %j as %s', (payload, mediaType, template, expected) => {
    expect(written(payload, mediaType, template)).toBe(expected);
  });

  it.each([
    ['/a', 2, '{"a":2,"l":[1]}'],
    ['/new', 'x', '{"a":1,"l":[1],"new":"x"}'],
    ['/l/0', 9, '{"a":1,"l":[9]}'],
    ['/l/-', 9, '{"a":1,"l":[1,9]}'],
    ['/l/1', 9, '{"a":1,"l":[1,9]}'],
    ['', [1], '[1]'],
    ['/l/01', 9, 'The replacement of "/l/01" fails: it names no item of a list in the payload {"a":1,"l":[1]}.'],
    ['/l/', 9, 'The replacement of "/l/" fails: it names no item of a list in the payload {"a":1,"l":[1]}.'],
    ['/l/5', 9, 'The replacement of "/l/5" fails: it leads past the end of a list in the payload {"a":1,"l":[1]}.'],
    ['/x/y', 9, 'The replacement of "/x/y" fails: it leads nowhere in the payload {"a":1,"l":[1]}.'],
  ])('replaces %s', (target, value, expected) => {
    expect(written({ a: 1, l: [1] }, 'application/json', expression, [{ target, value }])).toBe(expected);
  });

  it('replaces in order, in JSON text too, without touching the payload itself', () => {
    const payload = { a: { b: 1 } };
    const replacements = [
      { target: '/a', value: {} },
      { target: '/a/c', value: 3 },
    ];
    expect(written(payload, 'application/json', expression, replacements)).toBe('{"a":{"c":3}}');
    expect(payload).toEqual({ a: { b: 1 } });
    expect(written('{"a": 1}', 'application/json', text, [{ target: '/a', value: 2 }])).toBe('{"a":2}');
  });

  it('replaces by JSONPath every place it finds, and fails where it finds none', () => {
    const by = (target: string, value: unknown) =>
      written({ items: [{ sku: 'a' }, { sku: 'b' }] }, 'application/json', expression, [
        { target, language: 'jsonpath', value },
      ]);
    expect(by('$.items[*].sku', 'x')).toBe('{"items":[{"sku":"x"},{"sku":"x"}]}');
    expect(by("$.items[?@.sku == 'b']", 1)).toBe('{"items":[{"sku":"a"},1]}');
    expect(by('$.none', 1)).toBe(
      'The replacement of "$.none" fails: it finds nothing in the payload {"items":[{"sku":"a"},{"sku":"b"}]}.',
    );
  });

  it('replaces by XPath in XML text, and in objects once they are XML', () => {
    const at = (payload: unknown, target: string, template: Template = text) =>
      written(payload, 'application/xml', template, [{ target, language: 'xpath', value: '1 < 2' }]);
    expect(at('<order id="1"><pet/></order>', '/order/pet')).toBe('<order id="1"><pet>1 &lt; 2</pet></order>');
    expect(at('<order id="1"><pet/></order>', '/order/@id')).toBe('<order id="1 &lt; 2"><pet/></order>');
    expect(at({ order: { pet: 'Rex' } }, '/order/pet', expression)).toContain('<order><pet>1 &lt; 2</pet></order>');
    expect(at('<order/>', '/order/pet')).toBe(
      'The replacement of "/order/pet" fails: it finds nothing in the payload "<order/>".',
    );
    expect(at('no XML', '/order')).toMatch(/^The replacement of "\/order" fails: "no XML" is no XML: /);
  });

  it('sets a member named __proto__ as data', () => {
    expect(written({}, 'application/json', expression, [{ target: '/__proto__', value: 1 }])).toBe('{"__proto__":1}');
  });
});
