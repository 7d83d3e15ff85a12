import { describe, expect, it } from 'vitest';
import { loadText } from '../testing/documents.ts';
import { outline } from './outline.ts';

const text = `workflows:
  - workflowId: buy
    summary: Buys a pet.
    dependsOn: [list]
    inputs:
      type: object
      required: [kind]
      properties:
        kind: { type: string, enum: [cat, dog], description: What to buy. }
        note: { type: [string, 'null'], default: none }
        secret: { type: string, format: password }
        anything: {}
    steps:
      - stepId: create
        description: Takes one.
        operationId: createPet
        successCriteria: [{ condition: $statusCode == 201 }]
        onSuccess: [{ name: done, type: goto, stepId: call, criteria: [{ condition: $statusCode == 201 }] }]
        onFailure: [{ name: again, type: retry, retryAfter: 2, retryLimit: 3 }]
        outputs: { id: $response.body#/id }
      - { stepId: call, workflowId: list }
      - { stepId: lost, operationId: nowhere }
    outputs: { id: $steps.create.outputs.id }
  - workflowId: list
    steps: [{ stepId: all, operationId: listPets }]
`;

describe('the outline of a document', () => {
  it('has workflows, inputs, steps with what they resolve to, actions and outputs', async () => {
    expect(await outline(await loadText(text))).toEqual({
      url: 'file:///documents/test.yaml',
      title: 'Test',
      arazzo: '1.1.0',
      sources: [{ name: 'pets', type: 'openapi', url: 'file:///documents/pets.yaml' }],
      workflows: [
        {
          workflowId: 'buy',
          summary: 'Buys a pet.',
          dependsOn: ['list'],
          inputs: [
            { name: 'kind', type: 'string', required: true, enum: ['cat', 'dog'], description: 'What to buy.' },
            { name: 'note', type: 'string|null', required: false, default: 'none' },
            { name: 'secret', type: 'string', required: false, format: 'password' },
            { name: 'anything', type: 'any', required: false },
          ],
          steps: [
            {
              stepId: 'create',
              description: 'Takes one.',
              target: { kind: 'operation', source: 'pets', method: 'POST', path: '/pets', operationId: 'createPet' },
              successCriteria: ['$statusCode == 201'],
              onSuccess: [{ name: 'done', type: 'goto', stepId: 'call', criteria: ['$statusCode == 201'] }],
              onFailure: [{ name: 'again', type: 'retry', retryAfter: 2, retryLimit: 3, criteria: [] }],
              outputs: [{ name: 'id', value: '$response.body#/id' }],
            },
            { ...plainStep('call'), target: { kind: 'workflow', workflowId: 'list' } },
            { ...plainStep('lost'), target: { kind: 'unresolved', written: 'nowhere' } },
          ],
          outputs: [{ name: 'id', value: '$steps.create.outputs.id' }],
        },
        {
          workflowId: 'list',
          dependsOn: [],
          inputs: [],
          steps: [
            {
              ...plainStep('all'),
              target: { kind: 'operation', source: 'pets', method: 'GET', path: '/pets', operationId: 'listPets' },
            },
          ],
          outputs: [],
        },
      ],
    });
  });
});

function plainStep(stepId: string) {
  return { stepId, successCriteria: [], onSuccess: [], onFailure: [], outputs: [] };
}
