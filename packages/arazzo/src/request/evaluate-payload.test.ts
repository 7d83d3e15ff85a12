import { describe, expect, it } from 'vitest';
import type { Scope } from '../expression/scope.ts';
import { parseTemplate } from '../expression/template.ts';
import { evaluatePayload } from './evaluate-payload.ts';

const scope: Scope = {
  inputs: { a: 'say "hi"', n: 7, form: 'x=1&y=+%26é' },
  steps: new Map(),
  workflows: new Map(),
  sources: new Map(),
};

function evaluate(text: string, mediaType: string): unknown {
  const names = { inputs: new Set(['a', 'n', 'form', 'none']), stepOutputs: new Map([['skipped', new Set(['id'])]]) };
  return evaluatePayload(parseTemplate(text, '', { names, phase: 'request', occurrences: [] }), scope, mediaType);
}

describe('text that embeds an absent value', () => {
  it.each([
    ['{"a": "{$inputs.a}", "none": "{$inputs.none}"}', { a: 'say "hi"' }],
    ['{"n": {$inputs.n}, "none": {$steps.skipped.outputs.id}}', { n: 7 }],
    [
      '{"in": {"none": "x {$inputs.none} y"}, "list": [1, {$inputs.none}, "{$inputs.none}", {}]}',
      { in: {}, list: [1, {}] },
    ],
    ['{"{$inputs.none}": 1, "__proto__": "{$inputs.n}"}', JSON.parse('{"__proto__": "7"}')],
    ['"{$inputs.none}"', undefined],
  ])('is JSON without the members and items that do: %s', (text, value) => {
    expect(evaluate(text, 'application/json')).toEqual(value);
  });

  it.each([
    ['Hello {$inputs.none}!', 'text/plain', 'Hello !'],
    ['<pet><name>{$steps.skipped.outputs.id}</name></pet>', 'application/xml', '<pet><name></name></pet>'],
    ['name={$inputs.none}&n={$inputs.n}', 'application/x-www-form-urlencoded', 'name=&n=7'],
  ])('has the empty text there, where there are no members: %s', (text, mediaType, value) => {
    expect(evaluate(text, mediaType)).toBe(value);
  });

  it('is refused when it is no JSON', () => {
    expect(() => evaluate('{"none": "{$inputs.none}"', 'application/json')).toThrow(
      'The payload "{\\"none\\": \\"{$inputs.none}\\"" is no JSON, which its content type "application/json" says; a text by itself is written in double quotes.',
    );
  });
});

describe('text for a form', () => {
  it.each([
    ['a={$inputs.a}&b=x y%20+&n={$inputs.n}', 'a=say%20%22hi%22&b=x y%20+&n=7'],
    ['{$inputs.form}={$inputs.form}', 'x%3D1%26y%3D%2B%2526%C3%A9=x%3D1%26y%3D%2B%2526%C3%A9'],
  ])('stays as it is written, and encodes the values in it: %s', (text, value) => {
    expect(evaluate(text, 'application/x-www-form-urlencoded')).toBe(value);
  });

  it('that is nothing but a value is that value, a form already', () => {
    expect(evaluate('{$inputs.form}', 'application/x-www-form-urlencoded')).toBe('x=1&y=+%26é');
  });
});
