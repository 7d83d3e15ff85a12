import { describe, expect, it } from 'vitest';
import { loadText } from '../testing/documents.ts';
import { readTextInputs } from './text-inputs.ts';

const document = await loadText(`
components: { inputs: { shared: { type: object, properties: { region: { type: string } } } } }
workflows:
  - workflowId: first
    inputs:
      type: object
      properties:
        text: { type: string }
        free: {}
        count: { type: integer }
        ratio: { type: number }
        flag: { type: boolean }
        tags: { type: array }
        body: { type: object }
        none: { type: 'null' }
        maybe: { type: [integer, 'null'] }
        either: { type: [string, integer] }
        listed: { enum: [x, 1, true, null, '2'] }
    steps: []
  - workflowId: second
    dependsOn: [third]
    steps: []
  - { workflowId: third, inputs: { $ref: '#/components/inputs/shared' }, steps: [] }
`);

function read(name: string, value: string, workflowIds?: readonly string[]) {
  const { inputs, diagnostics } = readTextInputs(document, workflowIds, [{ name, value }]);
  return diagnostics[0]?.message ?? inputs[name];
}

const inexact = (name: string, value: string) =>
  `The input "${name}" is "${value}"; a number that can be held exactly, as all up to 9007199254740991 can, was expected.`;

describe('readTextInputs', () => {
  it.each([
    ['text', '012', '012'],
    ['free', 'true', 'true'],
    ['count', '12', 12],
    ['count', '-1', -1],
    ['count', '9007199254740991', Number.MAX_SAFE_INTEGER],
    ['count', '9007199254740992', 2 ** 53],
    ['text', '9007199254740993', '9007199254740993'],
    ['ratio', '1.5e3', 1500],
    ['flag', 'true', true],
    ['tags', '["a", 1]', ['a', 1]],
    ['body', '{"a": {"b": null}}', { a: { b: null } }],
    ['none', 'null', null],
    ['maybe', 'null', null],
    ['maybe', '3', 3],
    ['listed', '1', 1],
    ['listed', 'true', true],
    ['listed', 'null', null],
    ['listed', '2', '2'],
    ['listed', '7', '7'],
    ['either', '3', 3],
    ['either', 'x', 'x'],
    ['region', 'eu-west-1', 'eu-west-1'],
    ['count', 'twelve', 'The input "count" is "twelve"; a whole number was expected.'],
    ['count', '1.5', 'The input "count" is "1.5"; a whole number was expected.'],
    ['count', '9007199254740993', inexact('count', '9007199254740993')],
    ['ratio', '9007199254740993', inexact('ratio', '9007199254740993')],
    ['body', '{"a": [9007199254740992, "9007199254740993"]}', { a: [2 ** 53, '9007199254740993'] }],
    [
      'body',
      '{"a": [9007199254740993]}',
      'The input "body" is "{\\"a\\": [9007199254740993]}"; another number than 9007199254740993, which cannot be held exactly, was expected.',
    ],
    ['tags', '[-9007199254740993]', expect.stringContaining('another number than -9007199254740993, which')],
    ['ratio', '9'.repeat(400), expect.stringContaining('held exactly')],
    ['tags', '['.repeat(30_000) + ']'.repeat(30_000), expect.stringContaining('; a JSON list was expected.')],
    ['flag', 'yes', 'The input "flag" is "yes"; true or false was expected.'],
    ['tags', '{}', 'The input "tags" is "{}"; a JSON list was expected.'],
    ['body', '{', 'The input "body" is "{"; a JSON object was expected.'],
    ['maybe', '', 'The input "maybe" is ""; a whole number or null was expected.'],
  ])('reads %s=%s as %j', (name, value, expected) => {
    expect(read(name, value)).toEqual(expected);
  });

  it('takes inputs of the chosen workflows and of those they depend on only', () => {
    expect(read('region', 'x', ['second'])).toBe('x');
    expect(read('text', 'x', ['second'])).toBe('No workflow to run has the input "text"; the inputs are "region".');
    expect(read('tex', 'x', ['first'])).toMatch(/^No workflow to run has the input "tex"; .* Did you mean "text"\?$/);
  });
});
