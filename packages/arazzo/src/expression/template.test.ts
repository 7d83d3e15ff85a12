import { describe, expect, it } from 'vitest';
import { evaluateTemplate } from './evaluate.ts';
import type { Scope } from './scope.ts';
import { type KnownNames, type Occurrence, type Phase, parseTemplate } from './template.ts';

const names: KnownNames = {
  inputs: new Set(['name', 'first', 'last', 'object', 'absent', 'a.b']),
  stepOutputs: new Map([['create', new Set(['id', 'id.json', 'list'])]]),
};

const scope: Scope = {
  inputs: { name: '$inputs.last', first: 'Ada', last: 'L', object: { x: [1, null] }, 'a.b': 7 },
  steps: new Map([
    [
      'create',
      new Map<string, unknown>([
        ['id', 42],
        ['id.json', 'j'],
        ['list', [{ jobId: 'job-1' }]],
      ]),
    ],
  ]),
  workflows: new Map([['other', { inputs: { i: 1 }, outputs: { o: 'out' } }]]),
  sources: new Map([['pets', { name: 'pets', url: 'https://pets.test/openapi.yaml', type: 'openapi' }]]),
};

function evaluate(
  value: unknown,
  phase: Phase = 'request',
): { value: unknown; idioms: readonly (string | undefined)[] } {
  const occurrences: Occurrence[] = [];
  const template = parseTemplate(value, '', { names, phase, occurrences });
  return { value: evaluateTemplate(template, scope), idioms: occurrences.map((occurrence) => occurrence.idiom) };
}

describe('parseTemplate and evaluateTemplate', () => {
  it.each([
    ['$inputs.object', { x: [1, null] }],
    ['$inputs.object#/x/0', 1],
    ['$inputs.object.x[0]', 1],
    ['$inputs.a.b', 7],
    ['$steps.create.outputs.id', 42],
    ['$steps.create.outputs.id.json', 'j'],
    ['$workflows.other.outputs.o', 'out'],
    ['$workflows.other.inputs.i', 1],
    ['$sourceDescriptions.pets.url', 'https://pets.test/openapi.yaml'],
    ['$sourceDescriptions.pets.type', 'openapi'],
    ['$sourceDescriptions.pets.name', 'pets'],
    ['{$inputs.first} {$inputs.last}', 'Ada L'],
    ['{$steps.create.outputs.id}', '42'],
    ['x={$inputs.object}', 'x={"x":[1,null]}'],
    ['{"id": "{$steps.create.outputs.id}", "n": {}}', '{"id": "42", "n": {}}'],
    ['{name} and {$unknown}', '{name} and {$unknown}'],
    [
      ['$inputs.first', 1, null],
      ['Ada', 1, null],
    ],
    [{ a: { b: '$inputs.last' } }, { a: { b: 'L' } }],
  ])('gives %j its value', (value, expected) => {
    expect(evaluate(value).value).toEqual(expected);
  });

  it.each(['$connect', '$5.00', '$request.body.action', '$.items[*]', 'plain', 12, null, true])(
    'leaves %j as it is',
    (value) => {
      expect(evaluate(value)).toEqual({ value, idioms: [] });
    },
  );

  it('never evaluates a value again', () => {
    expect(evaluate('$inputs.name').value).toBe('$inputs.last');
    expect(evaluate('<{$inputs.name}>').value).toBe('<$inputs.last>');
  });

  it('leaves absent members and items out, and text that embeds them', () => {
    const value = { a: '$inputs.absent', b: 'x{$inputs.absent}', c: ['$inputs.absent', 1], d: null };
    expect(evaluate(value).value).toEqual({ c: [1], d: null });
  });

  it.each([
    ['integrations/$steps.create.outputs.id', 'integrations/42', ['missing-braces']],
    ['integrations/$steps.create.outputs.id.json', 'integrations/j', ['missing-braces']],
    ['$steps.create.outputs.id/permissions', '42/permissions', ['missing-braces']],
    ['Bearer $inputs.first-$inputs.last', 'Bearer Ada-L', ['missing-braces', 'missing-braces']],
    ['$inputs.first $inputs.last', 'Ada L', ['missing-braces', 'missing-braces']],
    ['{$inputs.first}/$inputs.last', 'Ada/L', [undefined, 'missing-braces']],
    ['$steps.create.outputs.list[0].jobId', 'job-1', ['property-path']],
    ['<{$steps.create.outputs.list[0].jobId}>', '<job-1>', ['property-path']],
  ])('reads the idiom %s', (text, value, idioms) => {
    expect(evaluate(text)).toEqual({ value, idioms });
  });

  it.each(['x/$steps.creat.outputs.id', 'x/$steps.create.outputs.idx', 'x $inputs.nam'])(
    'reports the unknown name in %s and leaves it text',
    (text) => {
      expect(evaluate(text)).toEqual({ value: text, idioms: [undefined] });
    },
  );

  it('takes expressions on a message for text before there is one', () => {
    expect(evaluate('$request.header.Authorization')).toEqual({
      value: '$request.header.Authorization',
      idioms: ['early-message-expression'],
    });
    expect(evaluate('a {$response.body#/x}').value).toBe('a {$response.body#/x}');
    expect(evaluate('$response.body#/x', 'outcome')).toEqual({ value: undefined, idioms: [undefined] });
  });
});
