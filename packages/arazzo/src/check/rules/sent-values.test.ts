import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const at = '/workflows/0/steps/0/outputs/o';

async function read(expression: string, more = '', rest = ''): Promise<readonly string[]> {
  const given = '{ name: limit, in: query, value: 1 }, { name: X-Tenant, in: header, value: t }';
  const step = `- { stepId: a, operationId: listPets, parameters: [${given}], outputs: { o: ${expression} }${more} }`;
  return checkText(oneWorkflow(step, rest));
}

const nothing = (expression: string, reason: string) =>
  `invalid-expression ${at}: The expression "${expression}" has no value: the step "a" ${reason}`;

it.each([
  ['$request.query.limits', 'error', 'gives no query parameter "limits"; it gives "limit". Did you mean "limit"?'],
  ['$request.path.petId', 'error', 'gives no path parameter "petId"; it gives none.'],
  ['$request.query.Limit', 'error', 'gives no query parameter "Limit"; it gives "limit". Did you mean "limit"?'],
  ['$request.query.status', 'warning', 'gives no query parameter "status"; it gives "limit".'],
  ['$request.header.X-Trace', 'warning', 'gives no header parameter "X-Trace"; it gives "X-Tenant".'],
  ['$request.body#/name', 'warning', 'sends no body.'],
])('finds that %s has no value', async (expression, severity, reason) => {
  expect(await read(expression)).toEqual([`${severity} ${nothing(expression, reason)}`]);
});

it.each(['$request.query.limit', '$request.header.x-tenant', '$request.header.Accept', '$response.body'])(
  'says nothing of %s, which is sent or answered',
  async (expression) => {
    expect(await read(expression)).toEqual([]);
  },
);

it('says nothing of actions that steps share', async () => {
  const actions = 'failureActions: [{ name: f, type: end, criteria: [{ condition: $request.query.other == 1 }] }]';
  expect(await read('$url', '', actions)).toEqual([]);
});
