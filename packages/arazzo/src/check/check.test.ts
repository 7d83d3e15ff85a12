import { describe, expect, it } from 'vitest';
import { loadDocument } from '../document/load.ts';
import { buildWebSocketApi, checkText, loadText, oneWorkflow, shorten } from '../testing/documents.ts';
import { check } from './check.ts';

const list = `
- stepId: list
  operationId: listPets
  parameters: [{ name: X-Tenant, in: header, value: t }]
  successCriteria: [{ condition: $statusCode == 200 }]
  outputs: { pets: $response.body }`;

/** The step `list` with one line more or another line in place of one. */
function listWith(line: string, replaced = '\n  outputs: { pets: $response.body }'): string {
  return oneWorkflow(list.replace(replaced, `\n  ${line}`));
}

describe('check', () => {
  it('warns of the two idioms of the WebSocket workflow, at their lines, and of nothing else', async () => {
    const result = await loadDocument(buildWebSocketApi);
    if (result.kind === 'refused') throw new Error('refused');
    expect(await check(result.document)).toEqual([
      {
        code: 'missing-body-member',
        severity: 'warning',
        message:
          'The step "createIntegration" takes the body member "IntegrationType", which the API requires, from the input "integrationType", which the workflow does not require.',
        url: buildWebSocketApi.href,
        pointer: '/workflows/0/steps/1/requestBody/payload/IntegrationType',
        start: { line: 48, column: 30 },
        end: { line: 48, column: 53 },
        sourceLine: '            IntegrationType: $inputs.integrationType',
      },
      {
        code: 'missing-braces',
        severity: 'warning',
        message:
          'The expression "$steps.createIntegration.outputs.integrationId" is embedded in text without braces; "{$steps.createIntegration.outputs.integrationId}" was expected (Arazzo 1.0.1 §Runtime Expressions).',
        url: buildWebSocketApi.href,
        pointer: '/workflows/0/steps/2/requestBody/payload/Target',
        start: { line: 65, column: 21 },
        end: { line: 65, column: 80 },
        sourceLine: '            Target: integrations/$steps.createIntegration.outputs.integrationId',
        fix: {
          start: { line: 65, column: 21 },
          end: { line: 65, column: 80 },
          text: 'integrations/{$steps.createIntegration.outputs.integrationId}',
        },
      },
    ]);
    const strict = await check(result.document, { strict: true });
    expect(strict.map(({ code, severity }) => [code, severity])).toEqual([
      ['missing-body-member', 'warning'],
      ['missing-braces', 'error'],
    ]);
  });

  it('finds nothing in a document without faults', async () => {
    expect(await checkText(oneWorkflow(list))).toEqual([]);
  });

  it.each<[string, string, string]>([
    [
      'an empty document',
      'workflows: []',
      'error invalid-value /workflows: The "workflows" of the document is empty; at least one entry was expected.',
    ],
    [
      'a missing stepId',
      oneWorkflow('- operationId: listPets'),
      'error missing-member /workflows/0/steps/0: The step has no "stepId", which is required.',
    ],
    [
      'a wrong type',
      listWith('description: 7'),
      'error wrong-type /workflows/0/steps/0/description: The "description" of the step "list" is 7 (number); a string was expected.',
    ],
    [
      'an unknown field',
      listWith('output: {}'),
      'warning unknown-member /workflows/0/steps/0/output: The step "list" has "output", which is no field of the specification. Did you mean "outputs"?',
    ],
    [
      'two targets',
      listWith('workflowId: w'),
      'error invalid-value /workflows/0/steps/0/workflowId: The step "list" has "operationId" and "workflowId"; only one of them may be given.',
    ],
    [
      'no target',
      oneWorkflow('- stepId: a'),
      'error missing-member /workflows/0/steps/0: The step "a" calls nothing; an "operationId", "operationPath", "channelPath" or "workflowId" is required.',
    ],
    [
      'empty criteria',
      listWith('successCriteria: []', '\n  successCriteria: [{ condition: $statusCode == 200 }]'),
      'error invalid-value /workflows/0/steps/0/successCriteria: The "successCriteria" of the step "list" is empty; at least one criterion was expected.',
    ],
    [
      'a step given twice',
      oneWorkflow(list + list),
      'error duplicate-id /workflows/0/steps/1/stepId: The step "list" is given twice; each step may be given once.',
    ],
    [
      'a parameter given twice, once as a component',
      `${listWith('parameters: [{ name: X-Tenant, in: header, value: t }, { reference: $components.parameters.tenant }]', '\n  parameters: [{ name: X-Tenant, in: header, value: t }]')}components: { parameters: { tenant: { name: X-Tenant, in: header, value: u } } }`,
      'error duplicate-id /workflows/0/steps/0/parameters/1: The parameter "X-Tenant in header" is given twice; each parameter may be given once.',
    ],
    [
      'a parameter of an action given twice',
      listWith(
        'onSuccess: [{ name: g, type: goto, workflowId: w, parameters: [{ name: a, value: 1 }, { name: a, value: 2 }] }]',
      ),
      'error duplicate-id /workflows/0/steps/0/onSuccess/0/parameters/1: The parameter "a" is given twice; each parameter may be given once.',
    ],
    [
      'a parameter of a component action given twice',
      `${oneWorkflow(list)}components: { failureActions: { f: { name: f, type: goto, workflowId: w, parameters: [{ name: a, value: 1 }, { name: a, value: 2 }] } } }`,
      'error duplicate-id /components/failureActions/f/parameters/1: The parameter "a" is given twice; each parameter may be given once.',
    ],
    [
      'an input given twice to a called workflow, once with a place',
      `${oneWorkflow('- { stepId: a, workflowId: v, parameters: [{ name: id, value: 1 }, { name: id, in: query, value: 1 }] }')}  - { workflowId: v, inputs: { properties: { id: {} } }, steps: [] }`,
      'error duplicate-id /workflows/0/steps/0/parameters/1: The parameter "id" is given twice; each parameter may be given once.',
    ],
    [
      'an action given twice under the names of two components',
      `${listWith('onFailure: [{ reference: $components.failureActions.one }, { reference: $components.failureActions.two }]')}components: { failureActions: { one: { name: stop, type: end }, two: { name: stop, type: end } } }`,
      'error duplicate-id /workflows/0/steps/0/onFailure/1: The action "stop" is given twice; each action may be given once.',
    ],
    [
      'a parameter of an action with a place',
      listWith('onSuccess: [{ name: g, type: goto, workflowId: w, parameters: [{ name: a, in: query, value: 1 }] }]'),
      'error invalid-value /workflows/0/steps/0/onSuccess/0/parameters/0/in: The parameter "a" of the action "g" has an "in"; parameters of actions are inputs and have none.',
    ],
    [
      'a parameter of an action that the workflow does not take',
      listWith('onSuccess: [{ name: g, type: goto, workflowId: w, parameters: [{ name: a, value: 1 }] }]'),
      'warning undeclared-parameter /workflows/0/steps/0/onSuccess/0/parameters/0/name: The workflow "w" has no input "a"; its inputs are none.',
    ],
    [
      'an unknown operation',
      listWith('operationId: listPet', '\n  operationId: listPets'),
      'error unknown-operation /workflows/0/steps/0/operationId: Step "list" names the operation "listPet", which "pets" does not define. Did you mean "listPets"?',
    ],
    [
      'an unknown source',
      listWith('operationId: $sourceDescriptions.pet.listPets', '\n  operationId: listPets'),
      'error unknown-source /workflows/0/steps/0/operationId: Step "list" names the source "pet"; the sources are "pets". Did you mean "pets"?',
    ],
    [
      'a wrong operationPath',
      listWith("operationPath: '{$sourceDescriptions.pets.url}#/paths/~1pets/put'", '\n  operationId: listPets'),
      'error unknown-operation /workflows/0/steps/0/operationPath: Step "list" names the operation at "/paths/~1pets/put", where the source "pets" has none. Did you mean "/paths/~1pets/get"?',
    ],
    [
      'an operationPath with slashes that are not escaped, and a method in capitals',
      listWith("operationPath: '{$sourceDescriptions.pets.url}#/paths//pets/GET'", '\n  operationId: listPets'),
      'error unknown-operation /workflows/0/steps/0/operationPath: Step "list" names the operation at "/paths//pets/GET", where the source "pets" has none. Did you mean "/paths/~1pets/get"?',
    ],
    [
      'a JSON Reference where a Reusable Object belongs',
      listWith("onSuccess: [{ $ref: '#/components/successActions/p', name: n, type: end }]"),
      'warning unknown-member /workflows/0/steps/0/onSuccess/0/$ref: The success action has "$ref", which is no field of the specification. Components are referred to by "reference" and a runtime expression.',
    ],
    [
      'a component that is named where it is referred to',
      listWith('onFailure: [{ name: $components.failureActions.retry }]'),
      'error invalid-value /workflows/0/steps/0/onFailure/0/name: The failure action names the component "$components.failureActions.retry" by "name"; "reference" was expected.',
    ],
    [
      'fields of an action that its type has no use for',
      listWith('onFailure: [{ name: n, type: end, stepId: list, retryLimit: 1 }]'),
      'warning invalid-value /workflows/0/steps/0/onFailure/0/stepId: The action "n" has "stepId", which is of no use: it is of the type "end".',
    ],
    [
      'a step without any time',
      listWith('timeout: 0').replace('1.0.1', '1.1.0'),
      'warning invalid-value /workflows/0/steps/0/timeout: The "timeout" of the step "list" is 0 ms, in which no step completes: it always fails. Leave it out for the default.',
    ],
    [
      'a body that the API does not describe',
      listWith('requestBody: { payload: { a: 1 } }'),
      'warning invalid-value /workflows/0/steps/0/requestBody: The step "list" sends a body, and the API describes none for GET /pets.',
    ],
    [
      'a bare source name',
      listWith("operationPath: 'pets#/paths/~1pets/get'", '\n  operationId: listPets'),
      'warning bare-source-name /workflows/0/steps/0/operationPath: Step "list" names the source "pets" by itself; "{$sourceDescriptions.pets.url}" was expected (Arazzo 1.1.0 §Step Object).',
    ],
    [
      'a bare source name before an operationId',
      listWith('operationId: pets.listPets', '\n  operationId: listPets'),
      'warning bare-source-name /workflows/0/steps/0/operationId: Step "list" names the source "pets" by itself; "$sourceDescriptions.pets.listPets" was expected (Arazzo 1.1.0 §Step Object).',
    ],
    [
      'an unknown input',
      listWith('outputs: { pets: $inputs.x }'),
      'error unknown-input /workflows/0/steps/0/outputs/pets: The workflow "w" has no input "x"; its inputs are none.',
    ],
    [
      'an output of a later step',
      oneWorkflow(
        `${list.replace('value: t', 'value: $steps.b.outputs.o')}\n- { stepId: b, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }], outputs: { o: $response.body } }`,
      ),
      'error forward-step /workflows/0/steps/0/parameters/0/value: The step "list" reads an output of the step "b", which has not run by then.',
    ],
    [
      'an unknown output',
      oneWorkflow(list, 'outputs: { o: $steps.list.outputs.pet }'),
      'error unknown-output /workflows/0/outputs/o: The step "list" has no output "pet"; its outputs are "pets". Did you mean "pets"?',
    ],
    [
      'an unknown step',
      oneWorkflow(list, 'outputs: { o: $steps.lists.outputs.pets }'),
      'error unknown-step /workflows/0/outputs/o: The workflow "w" has no step "lists"; its steps are "list". Did you mean "list"?',
    ],
    [
      'an unknown workflow',
      oneWorkflow(list, 'outputs: { o: $workflows.v.outputs.pets }'),
      'error unknown-workflow /workflows/0/outputs/o: The document has no workflow "v"; its workflows are "w". Did you mean "w"?',
    ],
    [
      'an output of a step of another workflow',
      oneWorkflow(list, 'outputs: { o: $workflows.w.steps.list.outputs.pets }'),
      'error invalid-expression /workflows/0/outputs/o: "$workflows.w.steps.list.outputs.pets" is of the step "list" of the workflow "w"; of other workflows only inputs and outputs can be read, such as "$workflows.w.outputs.pets" when the workflow has that output.',
    ],
    [
      'a condition in place of an output',
      oneWorkflow(list, "outputs: { o: '$steps.list.outputs.pets || $steps.list.outputs.none' }"),
      'error invalid-expression /workflows/0/outputs/o: The output "o" is "$steps.list.outputs.pets || $steps.list.outputs.none"; a runtime expression was expected.',
    ],
    [
      'an output of the step itself',
      listWith('outputs: { o: "$outputs.pets[0].id" }'),
      'error invalid-expression /workflows/0/steps/0/outputs/o: "$outputs.pets[0].id" has a value only in the outputs and criteria of a step that calls a workflow. Did you mean "$response.body#/pets/0/id"?',
    ],
    [
      'a message in workflow outputs',
      oneWorkflow(list, 'outputs: { o: $response.body }'),
      'error invalid-expression /workflows/0/outputs/o: The expression "$response.body" reads a message, and there is none in the outputs of a workflow.',
    ],
    [
      'an output that is no expression',
      listWith('outputs: { o: $respons.body }'),
      'error invalid-expression /workflows/0/steps/0/outputs/o: The output "o" is "$respons.body"; a runtime expression was expected.',
    ],
    [
      'a condition that cannot be read',
      listWith(
        'successCriteria: [{ condition: $statusCode = 200 }]',
        '\n  successCriteria: [{ condition: $statusCode == 200 }]',
      ),
      'error invalid-condition /workflows/0/steps/0/successCriteria/0/condition: The condition "$statusCode = 200" cannot be read at "= 200"; an expression, a literal or an operator was expected; "=" is no operator, "==" compares.',
    ],
    [
      'a channel that is written otherwise',
      oneWorkflow('- { stepId: a, channelPath: x, action: send }'),
      'error invalid-expression /workflows/0/steps/0/channelPath: Step "a" has the channelPath "x"; "{$sourceDescriptions.<name>.url}#<JSON Pointer>" was expected.',
    ],
    [
      'a missing parameter',
      oneWorkflow('- { stepId: a, operationId: getPet }'),
      'error missing-parameter /workflows/0/steps/0: The step "a" does not give the parameter "petId", which the API requires.',
    ],
    [
      'an undeclared query parameter',
      listWith(
        'parameters: [{ name: X-Tenant, in: header, value: t }, { name: limits, in: query, value: 1 }]',
        '\n  parameters: [{ name: X-Tenant, in: header, value: t }]',
      ),
      'error undeclared-parameter /workflows/0/steps/0/parameters/1/name: The operation of the step "list" (GET /pets) has no query parameter "limits". Did you mean "limit"?',
    ],
    [
      'an undeclared path parameter',
      listWith(
        'parameters: [{ name: X-Tenant, in: header, value: t }, { name: id, in: path, value: 1 }]',
        '\n  parameters: [{ name: X-Tenant, in: header, value: t }]',
      ),
      'error undeclared-parameter /workflows/0/steps/0/parameters/1/name: The operation of the step "list" (GET /pets) has no path parameter "id".',
    ],
    [
      'a value outside the enumeration',
      listWith(
        'parameters: [{ name: x-tenant, in: header, value: t }, { name: status, in: query, value: lost }]',
        '\n  parameters: [{ name: X-Tenant, in: header, value: t }]',
      ),
      'error enum-violation /workflows/0/steps/0/parameters/1/value: The step "list" gives the parameter "status" the value "lost"; one of "available", "sold" was expected.',
    ],
    [
      'a required parameter that is null, which is not sent',
      listWith(
        'parameters: [{ name: X-Tenant, in: header, value: null }, { name: status, in: query, value: null }]',
        '\n  parameters: [{ name: X-Tenant, in: header, value: t }]',
      ),
      'error missing-parameter /workflows/0/steps/0/parameters/0/value: The step "list" does not give the parameter "X-Tenant", which the API requires.',
    ],
    [
      'a parameter without place',
      oneWorkflow(
        '- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }, { name: q, value: 1 }] }',
      ),
      'error missing-member /workflows/0/steps/0/parameters/1: The parameter "q" of the step "a" has no "in", which is required in a step that calls an operation.',
    ],
    [
      'a missing body',
      oneWorkflow('- { stepId: a, operationId: createPet }'),
      'error missing-body /workflows/0/steps/0: The step "a" has no "requestBody", which the API requires.',
    ],
    [
      'a missing body member',
      oneWorkflow('- { stepId: a, operationId: createPet, requestBody: { payload: { kind: cat } } }'),
      'error missing-body-member /workflows/0/steps/0/requestBody/payload: The step "a" does not give the body member "name", which the API requires.',
    ],
    [
      'a body member outside the enumeration',
      oneWorkflow('- { stepId: a, operationId: createPet, requestBody: { payload: { name: n, kind: cow } } }'),
      'error enum-violation /workflows/0/steps/0/requestBody/payload/kind: The step "a" gives the body member "kind" the value "cow"; one of "cat", "dog" was expected.',
    ],
    [
      'a boundary that is none',
      oneWorkflow(
        `- { stepId: a, operationId: createPet, requestBody: { contentType: 'multipart/mixed; boundary="a*"', payload: { name: n } } }`,
      ),
      'warning invalid-value /workflows/0/steps/0/requestBody/contentType: The body of the step "a" has the boundary "a*", which is none; 1 to 70 letters, digits and "\'()+_,-./:=?" were expected (RFC 2046 §5.1.1).',
    ],
    [
      'a list as a form, whose items have no names',
      oneWorkflow(
        '- { stepId: a, operationId: createPet, requestBody: { contentType: multipart/form-data, payload: [{ name: n }, 1] } }',
      ),
      'error invalid-body /workflows/0/steps/0/requestBody/payload: The item 1 of the payload is 1, which has no name as a part of a form; an object with one member was expected.',
    ],
    [
      'an object as text',
      oneWorkflow(
        '- { stepId: a, operationId: createPet, requestBody: { contentType: text/plain, payload: { name: n } } }',
      ),
      'error invalid-value /workflows/0/steps/0/requestBody/contentType: The payload of the step "a" cannot be written as "text/plain": text was expected.',
    ],
    [
      'an object as XML without a name for its root',
      oneWorkflow(
        '- { stepId: a, operationId: createPet, requestBody: { contentType: application/xml, payload: { name: n, kind: cat } } }',
      ),
      'error invalid-value /workflows/0/steps/0/requestBody/contentType: The payload of the step "a" cannot be written as "application/xml": the schema gives no name for the root element.',
    ],
    [
      'a multipart text without its boundary',
      oneWorkflow(
        '- { stepId: a, operationId: createPet, requestBody: { contentType: multipart/form-data, payload: text } }',
      ),
      'error invalid-value /workflows/0/steps/0/requestBody/contentType: The payload of the step "a" cannot be written as "multipart/form-data": text was expected to have its boundary in "contentType".',
    ],
    [
      'an unknown component',
      listWith('onFailure: [{ reference: $components.failureActions.retr }]'),
      'error unknown-component /workflows/0/steps/0/onFailure/0/reference: The reference "$components.failureActions.retr" names no component.',
    ],
    [
      'an unknown goto',
      listWith('onSuccess: [{ name: g, type: goto, stepId: lists }]'),
      'error unknown-step /workflows/0/steps/0/onSuccess/0/stepId: The workflow "w" has no step "lists"; its steps are "list". Did you mean "list"?',
    ],
    [
      'a dependency on itself',
      oneWorkflow(list, 'dependsOn: [w]'),
      'error workflow-cycle /workflows/0/dependsOn: The workflow "w" depends on itself, by way of "w"; a workflow must be complete before those that depend on it.',
    ],
    [
      'a dependency on a document that is no source',
      oneWorkflow(list, 'dependsOn: [$sourceDescriptions.other.v]'),
      'error unknown-source /workflows/0/dependsOn/0: "$sourceDescriptions.other.v" names the source "other"; the sources are "pets".',
    ],
    [
      'text that reads as a message',
      listWith(
        'parameters: [{ name: X-Tenant, in: header, value: $request.header.Auth }]',
        '\n  parameters: [{ name: X-Tenant, in: header, value: t }]',
      ),
      'warning early-message-expression /workflows/0/steps/0/parameters/0/value: The text "$request.header.Auth" reads as an expression on a message that does not exist yet; it is sent as it is (Arazzo 1.1.0 §Runtime Expressions).',
    ],
    [
      'a schema reference to nothing',
      oneWorkflow(list, "inputs: { $ref: '#/components/inputs/none' }"),
      'error unresolved-reference /workflows/0/inputs/$ref: The reference "#/components/inputs/none" cannot be resolved: there is nothing at that place.',
    ],
    [
      'a call without a required input',
      `${oneWorkflow('- { stepId: a, workflowId: v }')}  - { workflowId: v, inputs: { required: [id] }, steps: [] }`,
      'error missing-parameter /workflows/0/steps/0: The step "a" does not give the input "id", which the workflow "v" requires.',
    ],
    [
      'a call with an input too many',
      `${oneWorkflow('- { stepId: a, workflowId: v, parameters: [{ name: ids, value: 1 }] }')}  - { workflowId: v, inputs: { properties: { id: {} } }, steps: [] }`,
      'warning undeclared-parameter /workflows/0/steps/0/parameters/0/name: The workflow "v" has no input "ids"; its inputs are "id". Did you mean "id"?',
    ],
  ])('reports %s', async (_, text, finding) => {
    expect(await checkText(text)).toContain(finding);
  });

  it.each([
    ['ends', 'onSuccess: [{ name: e, type: end, parameters: [{ name: a, value: 1 }] }]'],
    [
      'leads to a step',
      'onSuccess: [{ name: e, type: goto, stepId: list, criteria: [{ condition: $statusCode == 201 }], parameters: [{ name: a, value: 1 }] }]',
    ],
  ])('says once of parameters of an action that %s that they are of no use', async (_, onSuccess) => {
    expect(await checkText(listWith(onSuccess))).toEqual([
      'warning invalid-value /workflows/0/steps/0/onSuccess/0/parameters: The action "e" has "parameters", which is of no use: it leads to no workflow.',
    ]);
  });

  it('says of the name of an output that it can be none, and not that there is no such output', async () => {
    const steps =
      '- { stepId: a, operationId: listPets, parameters: [{ name: X-Tenant, in: header, value: t }], outputs: { é: $response.body } }';
    const [diagnostic, ...others] = await check(
      await loadText(oneWorkflow(steps, 'outputs: { o: $steps.a.outputs.é }')),
    );
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({ code: 'invalid-value', pointer: '/workflows/0/steps/0/outputs/é' });
    const { sourceLine = '', start, end } = diagnostic ?? {};
    expect(sourceLine.slice((start?.column ?? 0) - 1, (end?.column ?? 0) - 1)).toBe('é');
  });

  it('reports a shared parameter once, however many steps use it', async () => {
    const steps = '- { stepId: a, operationId: listPets }\n- { stepId: b, operationId: listPets }';
    const rest = 'parameters: [{ name: X-Tenant, in: header, value: $inputs.tenant }]';
    expect(await checkText(oneWorkflow(steps, rest))).toEqual([
      'error unknown-input /workflows/0/parameters/0/value: The workflow "w" has no input "tenant"; its inputs are none.',
    ]);
  });

  it('lets an action of the workflow read what only steps of one kind have', async () => {
    const call = '- { stepId: a, workflowId: w }';
    const rest = 'successActions: [{ name: e, type: end, criteria: [{ condition: $statusCode == 204 }] }]';
    expect(await checkText(oneWorkflow(`${list}\n${call}`, rest))).toEqual([]);
  });

  it('accepts a component in place of a parameter, with another value', async () => {
    const step =
      '- { stepId: a, operationId: listPets, parameters: [{ reference: $components.parameters.tenant, value: 0 }] }';
    expect(
      await checkText(
        `${oneWorkflow(step)}components: { parameters: { tenant: { name: X-Tenant, in: header, value: t } } }`,
      ),
    ).toEqual([]);
  });

  it('never rejects, whatever the document holds', async () => {
    for (const text of [
      'workflows: 7',
      'workflows: [7, { workflowId: w, steps: [7, {}] }]',
      'components: 7',
      'components: { parameters: { x: 7 } }',
    ]) {
      expect((await check(await loadText(text))).map(shorten)).not.toEqual([]);
    }
  });
});
