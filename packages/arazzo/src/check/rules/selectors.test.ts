import { describe, expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

/** The findings of a document in which one output is the selector. */
async function findings(selector: string, version = '1.1.0'): Promise<readonly string[]> {
  const text = oneWorkflow(
    `- stepId: a\n  operationId: getPet\n  parameters: [{ name: petId, in: path, value: '1' }]\n  outputs: { o: ${selector} }`,
  );
  return (await checkText(`arazzo: ${version}\n${text}`)).map((line) =>
    line.replace('/workflows/0/steps/0/outputs/o', ''),
  );
}

describe('selectors', () => {
  it('may be outputs of Arazzo 1.1', async () => {
    expect(await findings('{ context: $response.body, selector: $.id, type: jsonpath }')).toEqual([]);
  });

  it('are selectors with extensions too, and with members that are told', async () => {
    expect(await findings('{ context: $response.body, selector: $.id, type: jsonpath, x-note: 1 }')).toEqual([]);
    expect(await findings('{ context: $response.body, selector: $.id, type: jsonpath, note: 1 }')).toEqual([
      'warning unknown-member /note: The selector has "note", which is no field of the specification.',
    ]);
  });

  it.each([
    [
      '{ context: $response.body, selector: "$.id[", type: jsonpath }',
      /^error invalid-selector \/selector: "\$\.id\[" is no JSONPath \(RFC 9535\)/,
    ],
    [
      '{ context: $response.body, selector: "map {}", type: { type: xpath, version: xpath-20 } }',
      /^error not-supported \/selector: "map \{\}" has a map, which XPath 2\.0 does not have\.$/,
    ],
    ['{ context: $steps.b.outputs.c, selector: $.id, type: jsonpath }', /^error unknown-step \/context: /],
    ['{ context: body, selector: $.id, type: jsonpath }', /^error invalid-expression : The output "o" is /],
    [
      '{ selector: $.id, type: jsonpath }',
      /^error missing-member : The selector has no "context", which is required\.$/,
    ],
    ['{ context: $response.body, selector: $.id, type: css }', /^error .* \/type: The type is "css"; one of /],
  ])('are reported: %s', async (selector, finding) => {
    expect(await findings(selector)).toContainEqual(expect.stringMatching(finding));
  });

  it('are outputs of Arazzo 1.0 too, with one warning', async () => {
    expect(await findings('{ context: $response.body, selector: $.id, type: jsonpath }', '1.0.1')).toEqual([
      expect.stringMatching(/^warning later-version /),
    ]);
  });
});
