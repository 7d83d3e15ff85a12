import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const findings = async (value: string) => {
  const inputs = 'inputs: { type: object, properties: { id: {} } }';
  const payload = `- { stepId: a, operationId: createPet, requestBody: { payload: { name: n, x: ${value} } } }`;
  const found = await checkText(oneWorkflow(payload, inputs));
  return found.filter((text) => text.includes('invalid-expression'));
};

it.each([
  '$inputs.id',
  "'{$inputs.id}'",
  "'a {$inputs.id} b'",
  '$connect',
  '$5.00',
  "'$.items[*]'",
  '$inputsOf',
  "'{ $x }'",
  "'x {$statusCode}'",
])('takes %s', async (value) => {
  expect(await findings(value)).toEqual([]);
});

it.each([
  ['$inputs', '$inputs'],
  ['$steps.a', '$steps.a'],
  ['$steps.a.outputs', '$steps.a.outputs'],
  ["'{$input.id}'", '{$input.id}'],
  ["'{$inputs.id} and {$step.a.outputs.b}'", '{$step.a.outputs.b}'],
  ["[{ y: 'a{$}' }]", '{$}'],
])('tells of %s', async (value, text) => {
  expect(await findings(value)).toEqual([
    expect.stringContaining(`The text "${text}" reads as an expression and is none; it is sent as it is.`),
  ]);
});
