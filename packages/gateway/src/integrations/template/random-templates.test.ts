import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../../model/request-context.ts';
import { makeTemplateVariables } from './api-gateway-variables.ts';
import { maxTextLength } from './bounds.ts';
import { compileTemplate, renderTemplate } from './template.ts';

const context: RequestContext = {
  connection: {
    apiId: 'a1b2c3d4e5',
    stage: 'dev',
    domainName: 'example.test',
    connectionId: 'c1',
    connectedAt: 1_700_000_000_000,
    sourceIp: '192.0.2.1',
  },
  eventType: 'MESSAGE',
  routeKey: 'order',
  requestId: 'r1',
  requestTimeEpoch: 1_700_000_000_123,
  messageId: 'm1',
};

const name = fc.constantFrom('a', 'b', 'input', 'context', 'util', 'stageVariables', 'foreach', 'velocityCount', 'd');
const method = fc.constantFrom(
  ...[
    'size',
    'get',
    'put',
    'add',
    'remove',
    'keySet',
    'entrySet',
    'values',
    'contains',
    'substring',
    'split',
    'matches',
  ],
  ...['replaceAll', 'path', 'json', 'params', 'parseJson', 'escapeJavaScript', 'base64Decode', 'urlDecode', 'iterator'],
  ...['toString', 'hashCode', 'equals', 'constructor', '__proto__', 'getClass', 'valueOf', 'length', 'next', 'clear'],
);
const quoted = fc.oneof(
  fc.constantFrom('"$.a"', "'$..b[?(@.c > 1)]'", "'[a-'", "'{'", '"%"', '""', "'$a.b'", '"$a$b"', "'#set($a = [1])$a'"),
  fc.string({ maxLength: 6 }).map((text) => `'${text.replaceAll("'", '')}'`),
);
const integer = fc
  .oneof({ arbitrary: fc.integer({ min: -2, max: 5 }), weight: 9 }, { arbitrary: fc.integer(), weight: 1 })
  .map(String);

/** Templates of every construct of the language, nested, most of them well formed. */
const { template } = fc.letrec<Record<'template' | 'block' | 'expression' | 'value' | 'reference', string>>((tie) => ({
  reference: fc
    .tuple(
      fc.constantFrom('$', '$!'),
      name,
      fc.array(
        fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          method.map((member) => `.${member}`),
          fc
            .tuple(method, fc.array(tie('value'), { maxLength: 2 }))
            .map(([member, values]) => `.${member}(${values.join(', ')})`),
          fc.oneof(integer, quoted, tie('reference')).map((index) => `[${index}]`),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([dollar, variable, path]) => `${dollar}${variable}${path.join('')}`),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    quoted,
    fc.constantFrom('true', 'false', '1.5', '-0.25'),
    integer,
    tie('reference'),
    fc.tuple(integer, fc.oneof(integer, tie('reference'))).map(([first, last]) => `[${first}..${last}]`),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(fc.oneof(quoted, tie('reference')), tie('value')).map(([key, value]) => `{${key}: ${value}}`),
  ),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('value'),
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '%', '==', '<', '&&', '||'), tie('expression'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('expression').map((operand) => `!${operand}`),
  ),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ maxLength: 8 }),
    tie('reference'),
    fc.tuple(name, tie('expression')).map(([variable, value]) => `#set($${variable} = ${value})`),
    fc.tuple(tie('reference'), tie('expression')).map(([target, value]) => `#set(${target} = ${value})`),
    fc
      .tuple(tie('expression'), tie('block'), tie('block'))
      .map(([test, yes, no]) => `#if(${test})${yes}#else${no}#end`),
    fc.tuple(name, tie('value'), tie('block')).map(([item, list, body]) => `#foreach($${item} in ${list})${body}#end`),
    fc.tuple(name, tie('block')).map(([variable, body]) => `#define($${variable})${body}#end`),
    fc.tuple(name, tie('block')).map(([macro, body]) => `#macro(${macro} $a)${body}#end#${macro}(1)#${macro}($b)`),
    fc.oneof(quoted, tie('reference')).map((text) => `#evaluate(${text})`),
    fc.constantFrom('#stop', '#break', '#end', '#else', '##', '#*', '*#', '#[[', ']]#', '\\$a', '\\#if', '$', '#'),
  ),
  template: fc.array(tie('block'), { maxLength: 6 }).map((blocks) => blocks.join('')),
}));

const body = fc.oneof(
  fc.json(),
  fc.constantFrom('', '{', '{"__proto__":{"a":1},"constructor":2}', '{"a":[1,2,{"c":3}],"b":"x"}'),
  fc.string({ maxLength: 20 }),
);

describe('random templates', () => {
  it('are refused with a place, rendered within the bounds, or fail with a reason and a place', () => {
    const outcomes = new Map<string, number>();
    const place = { line: expect.any(Number), column: expect.any(Number) };
    fc.assert(
      fc.property(template, body, (text, message) => {
        const compiled = compileTemplate(text);
        if (compiled.kind === 'invalid') {
          expect(compiled).toEqual({ kind: 'invalid', message: expect.stringMatching(/\.$/), ...place });
          outcomes.set('invalid', (outcomes.get('invalid') ?? 0) + 1);
          return;
        }
        const variables = makeTemplateVariables({ context, stageVariables: { table: 'orders' }, body: message });
        const rendered = renderTemplate(compiled.template, variables);
        if (rendered.kind === 'rendered') expect(rendered.text.length).toBeLessThanOrEqual(maxTextLength);
        else expect(rendered).toEqual({ kind: 'failed', reason: expect.stringMatching(/\.$/s), ...place });
        outcomes.set(rendered.kind, (outcomes.get(rendered.kind) ?? 0) + 1);
      }),
      { numRuns: 2000 },
    );
    expect([...outcomes.keys()].sort()).toEqual(['failed', 'invalid', 'rendered']);
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });
});
