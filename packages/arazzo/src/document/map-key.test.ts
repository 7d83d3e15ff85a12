import { expect, it } from 'vitest';
import { loadText, oneWorkflow, shorten } from '../testing/documents.ts';

async function structureOf(components: string): Promise<readonly string[]> {
  const text = `${oneWorkflow('- { stepId: a, operationId: listPets }')}components: ${components}`;
  return (await loadText(text)).structure.map(shorten);
}

it.each(['User', 'User_1', 'user-name', 'my.org.User', '1'])('a component may be called %s', async (key) => {
  expect(await structureOf(`{ successActions: { ${key}: { name: s, type: end } } }`)).toEqual([]);
});

it.each([
  ['inputs', '{ type: object }'],
  ['parameters', '{ name: q, value: 1 }'],
  ['successActions', '{ name: s, type: end }'],
  ['failureActions', '{ name: f, type: end }'],
])('the %s of the components are called by names that expressions can have', async (section, component) => {
  expect(await structureOf(`{ ${section}: { 'a b': ${component} } }`)).toEqual([
    `error invalid-value /components/${section}/a b: The component "a b" has a name outside "a-z A-Z 0-9 . - _".`,
  ]);
});
