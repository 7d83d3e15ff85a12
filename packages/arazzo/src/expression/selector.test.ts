import { describe, expect, it } from 'vitest';
import { evaluateTemplate } from './evaluate.ts';
import type { Scope } from './scope.ts';
import { hasSelectors } from './selector.ts';
import { type KnownNames, type Occurrence, parseTemplate } from './template.ts';

const names: KnownNames = { inputs: undefined, stepOutputs: new Map([['get', new Set(['pets', 'xml'])]]) };

const pets = { list: [{ name: 'Rex', age: 3 }, { name: 'Tom' }], total: 2 };
const scope: Scope = {
  inputs: {},
  steps: new Map([
    [
      'get',
      new Map<string, unknown>([
        ['pets', pets],
        ['xml', '<pets><pet id="1">Rex</pet><pet id="2">Tom</pet></pets>'],
      ]),
    ],
  ]),
  workflows: new Map(),
  sources: new Map(),
};

function evaluate(value: unknown, selectors = true): unknown {
  const occurrences: Occurrence[] = [];
  return evaluateTemplate(parseTemplate(value, '', { names, phase: 'request', selectors, occurrences }), scope);
}

const fromPets = (selector: string, type: unknown = 'jsonpath') => ({
  context: '$steps.get.outputs.pets',
  selector,
  type,
});
const fromXml = (selector: string, type: unknown = 'xpath') => ({ context: '$steps.get.outputs.xml', selector, type });

describe('a Selector Object', () => {
  it.each([
    [fromPets('$.total'), 2],
    [fromPets('$.list[0]'), { name: 'Rex', age: 3 }],
    [fromPets('$.list[*].name'), ['Rex', 'Tom']],
    [fromPets('$.list[?@.age].name'), ['Rex']],
    [fromPets('$.list[?@.none]'), []],
    [fromPets('$.none'), undefined],
    [fromPets('/list/1/name', 'jsonpointer'), 'Tom'],
    [
      fromPets('$.list[(@.length-1)].name', { type: 'jsonpath', version: 'draft-goessner-dispatch-jsonpath-00' }),
      'Tom',
    ],
    [fromXml('/pets/pet[1]'), 'Rex'],
    [fromXml('/pets/pet/@id'), ['1', '2']],
    [fromXml('count(//pet)', { type: 'xpath', version: 'xpath-10' }), 2],
    [fromXml('/none'), undefined],
    [fromPets('/pets', 'xpath'), undefined],
    [{ ...fromPets('$.x'), context: '$steps.get.outputs.none' }, undefined],
  ])('%j selects %j', (value, selected) => {
    expect(evaluate(value)).toEqual(selected);
  });

  it('stands anywhere in a value', () => {
    expect(evaluate({ a: [fromPets('$.total'), fromPets('$.none')], b: { c: fromPets('$.none') } })).toEqual({
      a: [2],
      b: {},
    });
  });

  it.each([
    { context: 'home', selector: '$.x', type: 'jsonpath' },
    { context: '$steps.get.outputs.pets', selector: '$.x' },
    { context: '$steps.get.outputs.pets', selector: '$.x', type: 'css' },
    { context: '$steps.get.outputs.pets', selector: '$.x', type: 'jsonpath', more: 1 },
    { context: '$response.body', selector: '$.x', type: 'jsonpath' },
  ])('is told from plain data by its shape: %j is data', (value) => {
    const context = value.context === '$steps.get.outputs.pets' ? pets : value.context;
    expect(evaluate(value)).toEqual({ ...value, context });
  });

  it('is data in documents of Arazzo 1.0', () => {
    expect(evaluate(fromPets('$.total'), false)).toEqual({ ...fromPets('$.total'), context: pets });
    expect(['1.0.0', '1.0.1', '1.1.0'].map(hasSelectors)).toEqual([false, false, true]);
  });
});
