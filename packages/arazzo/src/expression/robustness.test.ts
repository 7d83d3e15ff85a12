import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression, evaluateTemplate } from './evaluate.ts';
import { parseExpression } from './parse-expression.ts';
import { followPath, parsePropertyPath } from './property-path.ts';
import type { Scope } from './scope.ts';
import { type KnownNames, parseTemplate } from './template.ts';

const pieces = [
  ...['$url', '$method', '$statusCode', '$request.', '$response.', '$inputs.', '$outputs.', '$steps.', '$workflows.'],
  ...['$sourceDescriptions.', '$components.', 'parameters.', 'header.', 'query.', 'path.', 'body', '#', '/', '~0', '~'],
  ...[
    'outputs.',
    'inputs.',
    'a',
    'a.b',
    '__proto__',
    'constructor',
    '[0]',
    "['x']",
    '.',
    '{',
    '}',
    '{$',
    '$',
    ' ',
    '%',
  ],
];
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 10 })
    .map((parts) => parts.join('')),
);

const names: KnownNames = { inputs: new Set(['a', 'a.b', '__proto__']), stepOutputs: new Map([['a', new Set(['a'])]]) };

/** A scope whose every value is the same. */
function scope(value: unknown): Scope {
  const values = Object.fromEntries([
    ['a', value],
    ['a.b', value],
  ]);
  const map = new Map([['a', value]]);
  const request = { headers: new Map([['a', 'x']]), query: map, path: map, body: value };
  return {
    inputs: values,
    outputs: values,
    steps: new Map([['a', map]]),
    workflows: new Map([['a', { inputs: values, outputs: values }]]),
    sources: new Map([['a', { name: 'a', url: 'http://x.test/', type: 'openapi' }]]),
    exchange: { url: '', method: '', request, response: { status: 200, headers: { a: ['x'] }, body: value } },
  };
}

describe('an expression', () => {
  it('of any text is read or is none, and has a value or none', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), fc.jsonValue(), (text, propertyPaths, value) => {
        const expression = parseExpression(text, { propertyPaths });
        if (expression !== undefined) evaluateExpression(expression, scope(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('never reaches what is inherited', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const expression = parseExpression(`$inputs.a${text}`, { propertyPaths: true });
        const value = expression && evaluateExpression(expression, scope({ own: 1 }));
        expect([undefined, 1]).toContainEqual(typeof value === 'object' ? undefined : value);
        expect(typeof value).not.toBe('function');
      }),
      { numRuns: 1000 },
    );
  });

  it('of the grammar finds what its pointer leads to', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (member, value) => {
        const token = member.replaceAll('~', '~0').replaceAll('/', '~1');
        const expression = parseExpression(`$response.body#/${token}`);
        const body = Object.fromEntries([[member, value]]);
        expect(expression && evaluateExpression(expression, scope(body))).toEqual(value);
      }),
    );
  });
});

describe('a template', () => {
  it('of any value is read and evaluated', () => {
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        texts,
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(texts, tie('value'), { maxKeys: 3 }),
        fc.record({ context: texts, selector: texts, type: fc.constantFrom('jsonpath', 'jsonpointer', 'xpath') }),
      ),
    })).value;
    fc.assert(
      fc.property(values, fc.constantFrom('request', 'outcome'), fc.jsonValue(), (value, phase, data) => {
        const template = parseTemplate(value, '', { names, phase, selectors: true, occurrences: [] });
        evaluateTemplate(template, scope(data));
      }),
      { numRuns: 300 },
    );
  });

  it('without a "$" is what it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('$'));
        const template = parseTemplate(value, '', { names, phase: 'outcome', occurrences: [] });
        expect(evaluateTemplate(template, scope(null))).toEqual(value);
      }),
    );
  });

  it('gives values of inputs as they are, whatever they look like', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const template = parseTemplate(['$inputs.a', 'x {$inputs.a}'], '', {
          names,
          phase: 'request',
          occurrences: [],
        });
        expect(evaluateTemplate(template, scope(text))).toEqual([text, `x ${text}`]);
      }),
    );
  });
});

describe('a property path', () => {
  it('of any text is read or is none', () => {
    fc.assert(
      fc.property(texts, fc.jsonValue(), (text, value) => {
        const path = parsePropertyPath(text);
        if (path !== undefined) followPath(value, path);
      }),
    );
  });
});
