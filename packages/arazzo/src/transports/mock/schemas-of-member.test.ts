import { describe, expect, it } from 'vitest';
import { createLibrary } from '../../document/library.ts';
import { childPlace, type Place } from '../../document/openapi/reference.ts';
import { memoryReader } from '../../testing/documents.ts';
import { allowsMember, schemasOfItem, schemasOfMember } from './schemas-of-member.ts';

async function placesOf(parts: readonly unknown[]): Promise<readonly Place[]> {
  const library = createLibrary(memoryReader({ 'api.json': JSON.stringify({ parts }) }));
  const opened = await library.open('file:///documents/api.json');
  if (opened.kind !== 'opened') throw new Error('It cannot be opened.');
  const list = childPlace({ file: opened.file, pointer: '', value: opened.file.value }, 'parts');
  return parts.flatMap((_, index) => (list && childPlace(list, index)) ?? []);
}

describe('a member of an object', () => {
  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ['by its name', [{ properties: { 'x-a': { const: 1 }, b: {} } }], [{ const: 1 }]],
    [
      'by each pattern that its name matches',
      [{ patternProperties: { '^x': { const: 1 }, a: { const: 2 }, '^y': {} } }],
      [{ const: 1 }, { const: 2 }],
    ],
    [
      'by its name first',
      [{ patternProperties: { '^x': { const: 2 } }, properties: { 'x-a': { const: 1 } } }],
      [{ const: 1 }, { const: 2 }],
    ],
    ['as another', [{ properties: { b: {} }, additionalProperties: { const: 1 } }], [{ const: 1 }]],
    [
      'in one part, and as another in the next',
      [{ additionalProperties: { const: 2 } }, { patternProperties: { x: { const: 1 } } }],
      [{ const: 1 }, { const: 2 }],
    ],
    ['as what is left', [{ unevaluatedProperties: { const: 1 } }, { properties: { b: {} } }], [{ const: 1 }]],
    [
      'not as what is left',
      [{ unevaluatedProperties: { const: 2 } }, { properties: { 'x-a': { const: 1 } } }],
      [{ const: 1 }],
    ],
    ['by nothing that only allows', [{ additionalProperties: true, patternProperties: { x: true } }], []],
    ['by no pattern that is none', [{ patternProperties: { '(': {} } }], []],
  ])('is described %s', async (_, parts, schemas) => {
    expect(schemasOfMember(await placesOf(parts), 'x-a').map(({ value }) => value)).toEqual(schemas);
  });

  it.each<[readonly unknown[], boolean]>([
    [[{}], true],
    [[{ additionalProperties: false }], false],
    [[{ additionalProperties: false, properties: { 'x-a': {} } }], true],
    [[{ additionalProperties: false, patternProperties: { '^x': {} } }], true],
    [[{ additionalProperties: false, patternProperties: { '^x': false } }], false],
    [[{ additionalProperties: false }, { properties: { 'x-a': {} } }], false],
    [[{ unevaluatedProperties: false }], false],
    [[{ unevaluatedProperties: false }, { properties: { 'x-a': {} } }], true],
    [[{ unevaluatedProperties: false }, { additionalProperties: {} }], true],
    [[{ properties: { 'x-a': false } }], false],
  ])('is allowed by %j: %s', async (parts, expected) => {
    expect(allowsMember(await placesOf(parts), 'x-a')).toBe(expected);
  });
});

it('an item is described by its position, else as the others are', async () => {
  const parts = await placesOf([{ prefixItems: [{ const: 1 }], items: { const: 2 } }, { items: { const: 3 } }]);
  expect([0, 1].map((index) => schemasOfItem(parts, index).map(({ value }) => value))).toEqual([
    [{ const: 1 }, { const: 3 }],
    [{ const: 2 }, { const: 3 }],
  ]);
});
