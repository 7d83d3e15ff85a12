import { expect, it } from 'vitest';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { analyze } from './analyze.ts';

const api = `openapi: 3.1.0
info: { title: Odd, version: '1' }
servers: [{ url: 'http://odd.test' }]
paths:
  /pets/{id}: { get: { operationId: url }, put: { operationId: pets.v1/put one } }
  /pets: { get: {} }
`;

it.each([
  ['operationId: url', 'GET /pets/{id}'],
  ['operationId: $sourceDescriptions.pets.url', 'GET /pets/{id}'],
  ['operationId: pets.v1/put one', 'PUT /pets/{id}'],
  ['operationId: $sourceDescriptions.pets.pets.v1/put one', 'PUT /pets/{id}'],
  ["operationPath: '{$sourceDescriptions.pets.url}#/paths/~1pets~1{id}/get'", 'GET /pets/{id}'],
  ["operationPath: '{$sourceDescriptions.pets.url}#/paths/~1pets~1%7Bid%7D/get'", 'GET /pets/{id}'],
  ["operationPath: '$sourceDescriptions.pets.url#/paths/~1pets/get'", 'GET /pets'],
  ['operationPath: pets#/paths/~1pets/get', 'GET /pets'],
  ['operationId: pets.url', 'GET /pets/{id}'],
  ['operationId: pets.pets.v1/put one', 'PUT /pets/{id}'],
  ['operationId: pets.none', 'unknown-operation'],
  ['operationId: pest.url', 'unknown-operation'],
  ['operationPath: $sourceDescriptions.pets.url', 'GET /pets/{id}'],
  ["operationPath: '{$sourceDescriptions.Pets.url}#/paths/~1pets/get'", 'unknown-source'],
  ["operationPath: '{$sourceDescriptions.pets.url}#/paths/~1pets/post'", 'unknown-operation'],
  ["operationPath: '{$sourceDescriptions.pets.name}#/paths/~1pets/get'", 'invalid-expression'],
  ['operationId: PUT', 'unknown-operation'],
])('%s is %s', async (target, expected) => {
  const { workflows } = await analyze(await loadText(oneWorkflow(`- { stepId: a, ${target} }`), { 'pets.yaml': api }));
  const found = workflows[0]?.steps[0]?.target;
  if (found?.kind === 'operation') expect(`${found.operation.method} ${found.operation.path}`).toBe(expected);
  else expect(found).toMatchObject({ kind: 'missing', code: expected });
});
