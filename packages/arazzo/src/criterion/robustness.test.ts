import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../expression/scope.ts';
import { compileCriterion } from './compile.ts';
import { parseCondition } from './parse-condition.ts';
import { ConditionError } from './tokenize.ts';

/** Text of any characters, and text of the pieces that a language has, in any order. */
function texts(pieces: readonly string[]): fc.Arbitrary<string> {
  const mixed = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 12 });
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    mixed.map((parts) => parts.join('')),
    mixed.map((parts) => parts.join(' ')),
  );
}

const expressions = [
  ...[
    '$statusCode',
    '$response.body',
    '$response.body#/a/0',
    '$response.header.x',
    '$inputs.a',
    '$inputs.',
    '$steps.s',
  ],
  ...[
    '$steps.s.outputs.o',
    '$steps.s.outputs.o[0].x',
    '$url',
    '$',
    '{$inputs.a}',
    '{$',
    '$response.body#/~',
    '$message.x',
  ],
];

const pieces: Readonly<Record<string, readonly string[]>> = {
  simple: [
    ...expressions,
    ...['==', '!=', '<', '<=', '>', '>=', '=', '&&', '||', '!', '(', ')', '[0]', '.x', "'", "''", '"', "'a'", '"b"'],
    ...['1', '-1', '1.5e3', '1e999', 'true', 'false', 'null', '{', '}', '\\', '\n'],
  ],
  regex: [
    ...expressions,
    ...['(', ')', '[', ']', '*', '+', '?', '{2}', '{', '}', '\\', 'a', '^', '$', '|', '(?:', '\\u{', '(?<n>'],
  ],
  jsonpath: [
    ...[
      '$',
      '.',
      '..',
      '[',
      ']',
      '?',
      '@',
      '*',
      "'a'",
      '"b"',
      '0',
      '-1',
      ':',
      ',',
      '(',
      ')',
      '==',
      '=',
      '!',
      '&&',
      '||',
    ],
    ...['count(', 'match(@.a, ', 'length(', '.length', '$.a', '@.a', '[(@.length-1)]', ...expressions],
  ],
  xpath: [
    ...[
      '/',
      '//',
      '*',
      '@',
      '.',
      '..',
      'a',
      'b:c',
      '[',
      ']',
      '(',
      ')',
      '=',
      '!=',
      '<',
      'and',
      'or',
      '|',
      '+',
      '-',
      'div',
    ],
    ...[
      'count(',
      'string(',
      '"x"',
      "'y'",
      '1',
      '$v',
      'for $i in ',
      'return',
      'map{',
      '}',
      '::',
      'child::',
      ...expressions,
    ],
  ],
  jsonpointer: ['/', '~', '~0', '~1', '~2', '#', 'a', '0', '-', ...expressions],
};

const bodies = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', '<a/>', '<a><b x="1">t</b></a>', '<a>', '<!DOCTYPE a><a/>', undefined),
);

function scope(body: unknown): Scope {
  const request = { headers: new Map(), query: new Map(), path: new Map(), body: undefined };
  const exchange = { url: 'http://x.test/', method: 'GET', request, response: { status: 200, headers: {}, body } };
  const steps = new Map([['s', new Map<string, unknown>([['o', body]])]]);
  return { inputs: { a: body }, steps, workflows: new Map(), sources: new Map(), exchange };
}

const versions: Readonly<Record<string, readonly string[]>> = {
  jsonpath: ['rfc9535', 'draft-goessner-dispatch-jsonpath-00'],
  xpath: ['xpath-10', 'xpath-20', 'xpath-30', 'xpath-31'],
};

describe('every criterion', () => {
  it.each(Object.keys(pieces))(
    'of the type %s compiles or is refused, and is satisfied or not with a reason',
    (type) => {
      const version = fc.constantFrom(...(versions[type] ?? ['']));
      fc.assert(
        fc.property(texts(pieces[type] ?? []), version, bodies, (condition, language, body) => {
          const result = compileCriterion({
            condition,
            context: '$response.body',
            type,
            version: language,
            pointer: '',
          });
          const outcome = result.kind === 'compiled' ? result.criterion.test(scope(body)) : result;
          if (outcome.kind !== 'satisfied') expect(outcome.message).toMatch(/\.$/);
        }),
        { numRuns: type === 'xpath' ? 100 : 300 },
      );
    },
  );

  it('has a context that is an expression, or is refused', () => {
    fc.assert(
      fc.property(texts(expressions), bodies, (context, body) => {
        const result = compileCriterion({ condition: '.', context, type: 'regex', pointer: '' });
        if (result.kind === 'compiled') result.criterion.test(scope(body));
      }),
    );
  });
});

/** Conditions of the grammar, however deep. */
const conditions = fc.letrec<{ condition: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    fc.constantFrom('$statusCode', '$response.body#/a', '$inputs.a.b', 'null', 'true', '12', '-0.5'),
    fc.string({ maxLength: 6 }).map((text) => `'${text.replaceAll("'", "''").replaceAll('{', '')}'`),
  ),
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('operand'),
    fc
      .tuple(tie('operand'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('operand'))
      .map((parts) => parts.join(' ')),
    fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition')).map((parts) => parts.join(' ')),
    tie('condition').map((inner) => `!(${inner})`),
    tie('condition').map((inner) => `(${inner})`),
  ),
})).condition;

describe('a condition', () => {
  it('of the grammar is read, and spaces around it change nothing', () => {
    fc.assert(
      fc.property(conditions, (text) => {
        expect(() => parseCondition(text)).not.toThrow();
        expect(parseCondition(`  ${text}\n`)).toEqual(parseCondition(text));
      }),
    );
  });

  it('of any text is read or refused with its reason', () => {
    fc.assert(
      fc.property(texts(pieces.simple ?? []), (text) => {
        try {
          parseCondition(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConditionError);
        }
      }),
    );
  });
});
