import { expect, it } from 'vitest';
import { splitInput } from './inputs.ts';

it.each([
  ['name=chat', { name: 'name', value: 'chat' }],
  [
    'routeSelectionExpression=$request.body.action',
    { name: 'routeSelectionExpression', value: '$request.body.action' },
  ],
  ['query=a=b', { name: 'query', value: 'a=b' }],
  ['empty=', { name: 'empty', value: '' }],
])('splits %s at the first equals sign', (text, expected) => {
  expect(splitInput(text)).toEqual(expected);
});

it.each([
  ['name', 'value'],
  ['=chat', 'name'],
  ['', 'value'],
])('refuses "%s", which has no %s', (text, lack) => {
  expect(() => splitInput(text)).toThrow(
    `The input "${text}" has no ${lack}: write -i name=value, for example -i name=chat.`,
  );
});
