import { describe, expect, it } from 'vitest';
import { checkText, loadText, oneWorkflow } from '../../testing/documents.ts';
import { check } from '../check.ts';

/** The findings for one criterion, without their place. */
async function findings(criterion: string): Promise<readonly string[]> {
  const text = oneWorkflow(
    `- stepId: a\n  operationId: getPet\n  parameters: [{ name: petId, in: path, value: '1' }]\n  successCriteria:\n    - ${criterion}`,
  );
  const start = '/workflows/0/steps/0/successCriteria/0';
  return (await checkText(text)).map((finding) => finding.replace(start, ''));
}

describe('criteria', () => {
  it.each([
    '{ condition: $.pets, context: $response.body, type: jsonpath }',
    '{ condition: $.pets, context: $response.body, type: jsonpath, version: draft-goessner-dispatch-jsonpath-00 }',
    '{ condition: $.pets, context: $response.body, type: { type: jsonpath, version: rfc9535 } }',
    '{ condition: /pets, context: $response.body, type: xpath }',
    '{ condition: /pets, context: $response.body, type: { type: xpath, version: xpath-31 } }',
    '{ condition: /pets, context: $response.body, type: { type: xpath, version: xpath-10 } }',
    '{ condition: /pets, context: $response.body, type: { type: jsonpointer, version: rfc6901 } }',
    '{ condition: "^{$statusCode}$", context: $statusCode, type: regex }',
    '{ condition: $statusCode == 200, context: $statusCode, type: simple }',
  ])('accepts %s', async (criterion) => {
    expect(await findings(criterion)).toEqual([]);
  });

  it.each([
    [
      '{ condition: "$.pets[", context: $response.body, type: jsonpath }',
      /^error invalid-condition \/condition: "\$\.pets\[" is no JSONPath \(RFC 9535\): /,
    ],
    [
      '{ condition: "$[?@.a = 1]", context: $response.body, type: jsonpath }',
      /^error invalid-condition \/condition: .* "=" is no operator of JSONPath; "==" compares\.$/,
    ],
    [
      '{ condition: "/pets[", context: $response.body, type: xpath }',
      /^error invalid-condition \/condition: "\/pets\[" is no XPath: /,
    ],
    [
      '{ condition: "(", context: $response.body, type: regex }',
      /^error invalid-condition \/condition: The condition "\(" is no regular expression: Unterminated group\.$/,
    ],
    [
      '{ condition: "(", context: response.body, type: regex }',
      /^error invalid-expression \/context: The context "response\.body" is no runtime expression\. Did you mean "\$response\.body"\?$/,
    ],
    [
      '{ condition: $statusCode = 200 }',
      /^error invalid-condition \/condition: .*; "=" is no operator, "==" compares\.$/,
    ],
    [
      '{ condition: "a => count()", context: $response.body, type: { type: xpath, version: xpath-30 } }',
      /^error not-supported \/condition: "a => count\(\)" has an arrow "=>", which XPath 3\.0 does not have\.$/,
    ],
    [
      '{ condition: "$.a[(@.b)]", context: $response.body, type: { type: jsonpath, version: draft-goessner-dispatch-jsonpath-00 } }',
      /^error not-supported \/condition: /,
    ],
    [
      '{ condition: $.a, context: $response.body, type: { type: jsonpath, version: rfc1 } }',
      /^error invalid-value \/type\/version: The version of the type "jsonpath" is "rfc1"; of its versions "rfc9535", /,
    ],
    [
      '{ condition: $.a, context: $response.body, type: { type: jsonpath } }',
      /^error missing-member \/type: The expression type has no "version", which is required\.$/,
    ],
    [
      '{ condition: $.a, context: $response.body, type: cel }',
      /^error invalid-value \/type: The type is "cel"; one of "simple", "regex", "jsonpath", "xpath" was expected\.$/,
    ],
    [
      '{ condition: a, context: $response.body, type: regex, version: "1" }',
      /^error invalid-value \/version: The version of the type "regex" is "1"; of its versions none was expected\.$/,
    ],
    [
      '{ condition: $.Items.length == 0, context: $response.body, type: jsonpath }',
      /^warning invalid-condition \/condition: .* is a comparison, which no JSONPath is; it is read as one on .* \(Arazzo 1\.1\.0 §JSONPath Conditions\)\.$/,
    ],
    ['{ condition: "^2", type: regex }', /^error missing-member : The criterion has the type "regex" and no "context"/],
    [
      '{ condition: $statusCode == 200, type: simple }',
      /^warning invalid-condition : The criterion has the type "simple" and no "context"/,
    ],
    ['{ condition: "^{$statusCode}$", context: $steps.b.outputs.c, type: regex }', /^error unknown-step \/context: /],
  ])('reports %s', async (criterion, finding) => {
    expect((await findings(criterion))[0]).toMatch(finding);
  });

  it('reports an unknown name in a condition at the condition', async () => {
    const text = oneWorkflow(
      "- stepId: a\n  operationId: getPet\n  parameters: [{ name: petId, in: path, value: '1' }]\n" +
        '  successCriteria:\n    - context: $statusCode\n      type: regex\n      condition: "^{$steps.b.outputs.c}$"',
    );
    const [finding] = await check(await loadText(text));
    expect(finding).toMatchObject({ code: 'unknown-step', start: { line: 13, column: 25 } });
  });
});
