import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const api = `openapi: 3.1.0
servers: [{ url: http://x.test }]
components:
  securitySchemes:
    key: { type: apiKey, in: query, name: api_key }
    token: { type: apiKey, in: header, name: X-Token }
paths:
  /a: { get: { operationId: o, security: [{ key: [] }, { token: [] }], parameters: [{ name: limit, in: query }] } }
`;

const check = (parameters: string) =>
  checkText(oneWorkflow(`- { stepId: a, operationId: o, parameters: [${parameters}] }`), { 'pets.yaml': api });
const at = '/workflows/0/steps/0/parameters';

it.each([
  ['{ name: limits, in: query, value: 1 }', `error undeclared-parameter ${at}/0/name`],
  ['{ name: crumb, in: cookie, value: 1 }', `error undeclared-parameter ${at}/0/name`],
  ['{ name: whole, in: querystring, value: a=1 }', `error undeclared-parameter ${at}/0/name`],
  ['{ name: X-Trace, in: header, value: 1 }', `warning undeclared-parameter ${at}/0/name`],
  ['{ name: Accept, in: header, value: a/b }, { name: accept, in: header, value: c/d }', `error duplicate-id ${at}/1`],
])('reports %s', async (parameters, finding) => {
  expect((await check(parameters)).map((line) => line.split(': ')[0])).toEqual([finding]);
});

it('knows the parameters that security schemes describe', async () => {
  expect(await check('{ name: api_key, in: query, value: k }, { name: x-token, in: header, value: t }')).toEqual([]);
});

it('tells once of a place that no parameter can have, and what stands for a body', async () => {
  const expected = '"path", "query", "querystring", "header" or "cookie" was expected.';
  expect(await check('{ name: pet, in: body, value: {} }, { name: limit, in: form, value: 1 }')).toEqual([
    `error invalid-value ${at}/0/in: The parameter "pet" is in "body"; ${expected} What is in the body stands in "requestBody".`,
    `error invalid-value ${at}/1/in: The parameter "limit" is in "form"; ${expected}`,
  ]);
});
