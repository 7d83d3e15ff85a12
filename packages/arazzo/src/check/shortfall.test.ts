import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../testing/documents.ts';

const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
paths:
  /a:
    post:
      operationId: o
      parameters: [{ name: size, in: query, schema: { enum: [10, 20] } }]
      requestBody: { content: { application/json: { schema: { properties: { size: { enum: [10, 20] } } } } } }
`;

it('compares parameters as text, which they become, and body members as they are', async () => {
  const step = (value: string) =>
    `- { stepId: a, operationId: o, parameters: [{ name: size, in: query, value: ${value} }], requestBody: { payload: { size: ${value} } } }`;
  const findings = async (value: string) => checkText(oneWorkflow(step(value)), { 'pets.yaml': api });
  const inBody = `error enum-violation /workflows/0/steps/0/requestBody/payload/size: The step "a" gives the body member "size" the value "10"; one of 10, 20 was expected.`;
  expect(await findings('10')).toEqual([]);
  expect(await findings('"10"')).toEqual([inBody]);
  expect(await findings('30')).toHaveLength(2);
});
