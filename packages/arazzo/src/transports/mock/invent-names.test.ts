import { expect, it } from 'vitest';
import { createLibrary } from '../../document/library.ts';
import { memoryReader } from '../../testing/documents.ts';
import { inventNames } from './invent-names.ts';

async function invent(schema: unknown, count: number, taken: readonly string[] = [], followsPatterns = true) {
  const library = createLibrary(memoryReader({ 'api.json': JSON.stringify(schema) }));
  const opened = await library.open('file:///documents/api.json');
  if (opened.kind !== 'opened') throw new Error('It cannot be opened.');
  const parts = [{ file: opened.file, pointer: '', value: opened.file.value }];
  return inventNames(library, parts, { turn: 0, count, taken: new Set(taken), followsPatterns });
}

it.each<[string, object, number, readonly string[], readonly string[]]>([
  ['as usual', {}, 2, [], ['name', 'name2']],
  ['that are not there already', {}, 2, ['name', 'name3'], ['name2', 'name4']],
  ['that a pattern describes', { patternProperties: { '^[a-z]\\d$': {} } }, 3, [], ['a1', 'b2', 'c3']],
  [
    'that are the usual, where a pattern describes them',
    { patternProperties: { '^[a-z]+\\d?$': {} } },
    2,
    [],
    ['name', 'name2'],
  ],
  ['as usual once a pattern has no more', { patternProperties: { '^only$': {} } }, 3, [], ['only', 'name', 'name2']],
  ['that are listed', { propertyNames: { enum: ['a', 7, 'b'] } }, 9, ['a'], ['b']],
  ['that are asked for', { propertyNames: { pattern: '^n_', maxLength: 3 } }, 2, [], ['n_', 'n_x']],
  ['none where none is allowed', { additionalProperties: false }, 2, [], []],
])('invents names %s: %j', async (_, schema, count, taken, names) => {
  expect(await invent(schema, count, taken)).toEqual({ names, unmet: [] });
});

it('says why a pattern gives no name, and looks at none unless told to', async () => {
  const schema = { patternProperties: { '(': {}, '^(a)\\1$': {} } };
  expect(await invent(schema, 1)).toEqual({
    names: ['name'],
    unmet: [
      { pattern: '(', reason: expect.stringContaining('it is no regular expression') },
      { pattern: '^(a)\\1$', reason: 'it refers back to a group' },
    ],
  });
  expect(await invent(schema, 1, [], false)).toEqual({ names: ['name'], unmet: [] });
});
