// biome-ignore-all lint/suspicious/noTemplateCurlyInString: selection expressions are written so.
import { describe, expect, it } from 'vitest';
import {
  evaluateSelectionExpression,
  indexBySelectedKey,
  parseSelectionExpression,
  type SelectionExpression,
  type SelectionScope,
} from './selection-expression.ts';

describe('a map under the keys that expressions give', () => {
  it('has them with and without the backslash before a dollar sign', () => {
    expect([...indexBySelectedKey({ '\\$default': 1, a: 2 }).entries()]).toEqual([
      ['\\$default', 1],
      ['a', 2],
      ['$default', 1],
    ]);
    expect(indexBySelectedKey({ '\\$default': 1, $default: 2 }).get('$default')).toBe(2);
  });
});

function parse(text: string): SelectionExpression {
  const parsed = parseSelectionExpression(text);
  if (parsed.kind === 'invalid') throw new Error(parsed.message);
  return parsed.expression;
}

function select(text: string, body: unknown, variable?: SelectionScope['variable']): string {
  return evaluateSelectionExpression(parse(text), { body, ...(variable && { variable }) });
}

describe('parseSelectionExpression', () => {
  it.each([
    ['action', 'action'],
    ['$default', '$default'],
    ['\\$default', '$default'],
    ['\\$request.body.action', '$request.body.action'],
    ['', ''],
    ['200', '200'],
  ])('takes "%s" as a static value', (text, value) => {
    expect(parse(text)).toEqual({ kind: 'static', value });
  });

  it('reads a variable with a path', () => {
    expect(parse('$request.body.items[0].type')).toEqual({
      kind: 'template',
      parts: [{ kind: 'body', path: ['items', 0, 'type'] }],
    });
  });

  it('reads several variables mixed with literal text', () => {
    expect(parse('a/${request.body.service}/$request.header.x-kind:\\$b')).toEqual({
      kind: 'template',
      parts: [
        { kind: 'literal', text: 'a/' },
        { kind: 'body', path: ['service'] },
        { kind: 'literal', text: '/' },
        { kind: 'variable', source: 'request.header', name: 'x-kind' },
        { kind: 'literal', text: ':$b' },
      ],
    });
  });

  it.each([
    ['$integration.response.statuscode', 'integration.response.statuscode', ''],
    ['${integration.response.header.Location}', 'integration.response.header', 'Location'],
    ['$context.authorizer.usageIdentifierKey', 'context', 'authorizer.usageIdentifierKey'],
    ['$stageVariables.mode', 'stageVariables', 'mode'],
  ])('reads the variable of "%s"', (text, source, name) => {
    expect(parse(text)).toEqual({ kind: 'template', parts: [{ kind: 'variable', source, name }] });
  });

  it.each([
    ['${default}', '"default" is no variable'],
    ['$request.boddy.action', '"request.boddy.action" is no variable'],
    ['${request.body.action', '"${request.body.action" lacks its closing brace'],
    ['${request.body..a}', 'The path "..a" is not valid'],
    ['$request.header.', '"request.header." is no variable'],
    ['$request.body.a[*]', 'The path ".a[*]" is not valid'],
  ])('refuses "%s" and says why', (text, reason) => {
    expect(parseSelectionExpression(text)).toEqual({ kind: 'invalid', message: expect.stringContaining(reason) });
  });
});

describe('evaluateSelectionExpression', () => {
  it.each([
    ['$request.body.action', { action: 'echo' }, 'echo'],
    ['$request.body.action', {}, ''],
    ['$request.body.action', { action: 1 }, '1'],
    ['$request.body.action', { action: true }, 'true'],
    ['$request.body.action', { action: null }, ''],
    ['$request.body.action', { action: ['a', 'b', 1] }, '[a, b, 1]'],
    ['$request.body.action', { action: { a: 1, b: 'c' } }, '{a=1, b=c}'],
    ['$request.body.action', { action: '$request.body.other', other: 'x' }, '$request.body.other'],
    ['$request.body.constructor', {}, ''],
    ['$request.body.action', 'text', ''],
    ['$request.body.action', null, ''],
    ['$request.body.action', ['echo'], ''],
    ['$request.body[0]', ['echo'], 'echo'],
    ['${request.body.service}/${request.body.action}', { service: 'chat', action: 'join' }, 'chat/join'],
    ['static', { action: 'echo' }, 'static'],
  ])('selects by "%s" from %j the text "%s"', (text, body, selected) => {
    expect(select(text, body)).toBe(selected);
  });

  it('asks the scope for variables other than the body', () => {
    expect(select('$context.stage/$request.header.a', {}, (source, name) => `<${source}|${name}>`)).toBe(
      '<context|stage>/<request.header|a>',
    );
  });

  it('stays short for a message that is nested without end', () => {
    const body = JSON.parse(`{"action":${'['.repeat(20_000)}${']'.repeat(20_000)}}`) as unknown;
    expect(select('$request.body.action', body)).toBe('['.repeat(17) + ']'.repeat(17));
  });
});
