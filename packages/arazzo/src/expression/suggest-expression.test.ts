import { expect, it } from 'vitest';
import { suggestExpression } from './suggest-expression.ts';

it.each([
  ['$statuscode', '$statusCode'],
  ['$response.statusCode', '$statusCode'],
  ['$response.status', '$statusCode'],
  ['$response.headers.X-Id', '$response.header.X-Id'],
  ['$response.body#id', '$response.body#/id'],
  ['$input.id', '$inputs.id'],
  ['$step.a.outputs.b', '$steps.a.outputs.b'],
  ['$steps.a.b', '$steps.a.outputs.b'],
  ['response.body', '$response.body'],
  ['$outputs[0].id', '$response.body#/0/id'],
  ['$outputs.data[0].id', '$response.body#/data/0/id'],
  ['$statusCode ', '$statusCode'],
  ['{$response.body}', '$response.body'],
  ['{$input.id}', '{$inputs.id}'],
])('%s is nearly %s', (text, meant) => {
  expect(suggestExpression(text)).toBe(` Did you mean "${meant}"?`);
});

it.each([
  '$connect',
  '$5.00',
  'hello',
  '',
  '$.items',
  '$inputs',
  '$response',
  '[]',
  '$steps.a',
  '$steps.a.outputs',
  '$outputs[',
  '$outputs[*]',
])('%j is near nothing', (text) => {
  expect(suggestExpression(text)).toBe('');
});
