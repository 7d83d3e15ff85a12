import { describe, expect, it } from 'vitest';
import { loadText } from '../testing/documents.ts';
import { getPetStep, okAnswer, outlineEvents, runDocument } from '../testing/run-document.ts';
import type { Answer } from '../testing/server.ts';

describe('run, with several workflows', () => {
  const pet =
    'operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.id }], outputs: { id: $response.body#/id }';
  const inner = `  - workflowId: inner
    inputs: { type: object, required: [id], properties: { id: { type: integer } } }
    steps: [{ stepId: s, ${pet} }]
    outputs: { found: $steps.s.outputs.id }\n`;

  it('runs those depended on first, once each, and hands on their outputs', async () => {
    const document = await loadText(`workflows:
  - { workflowId: last, dependsOn: [one, two], steps: [{ stepId: s, operationId: getPet, parameters: [{ name: petId, in: path, value: '{$workflows.base.outputs.id}-{$workflows.one.outputs.id}' }] }] }
  - { workflowId: one, dependsOn: [base], steps: [{ stepId: s, ${pet.replace('$inputs.id', 'one')} }], outputs: { id: $steps.s.outputs.id } }
  - { workflowId: two, dependsOn: [base], steps: [{ stepId: s, ${pet.replace('$inputs.id', 'two')} }] }
  - { workflowId: base, steps: [{ stepId: s, ${pet.replace('$inputs.id', 'base')} }], outputs: { id: $steps.s.outputs.id } }
`);
    const { seen } = await runDocument(document, (_, index) => ({ status: 200, body: { id: index } }), {
      workflowIds: ['last'],
    });
    expect(seen.map(({ target }) => target)).toEqual(['/pets/base', '/pets/one', '/pets/two', '/pets/0-1']);
  });

  it('calls a workflow as a step', async () => {
    const outer = `  - workflowId: outer
    steps: [{ stepId: call, workflowId: inner, parameters: [{ name: id, value: 3 }], successCriteria: [{ condition: $outputs.found == 7 }], outputs: { got: $outputs.found } }]
    outputs: { got: $steps.call.outputs.got }\n`;
    const ran = await runDocument(await loadText(`workflows:\n${outer}${inner}`), () => okAnswer, {
      workflowIds: ['outer'],
    });
    expect(ran.seen.map(({ target }) => target)).toEqual(['/pets/3']);
    expect(outlineEvents(ran)).toEqual([
      'workflow-started outer',
      'step-started call',
      'workflow-started inner',
      'step-started s',
      'step-succeeded s',
      'workflow-succeeded inner',
      'step-succeeded call',
      'workflow-succeeded outer',
      { kind: 'run-succeeded', outputs: { outer: { got: 7 } } },
    ]);
  });

  it('validates the inputs of a called workflow before it starts', async () => {
    const call = '{ stepId: call, workflowId: inner, parameters: [{ name: id, value: $steps.a.outputs.id }] }';
    const outer = `  - workflowId: outer\n    steps:\n      ${getPetStep('a')}      - ${call}\n`;
    const answer: Answer = { status: 200, body: { id: 'x' } };
    const { seen, events } = await runDocument(await loadText(`workflows:\n${outer}${inner}`), () => answer, {
      workflowIds: ['outer'],
    });
    expect(seen).toHaveLength(1);
    expect(events.at(-3)).toMatchObject({
      kind: 'step-failed',
      reasons: [
        {
          code: 'input-invalid',
          message: 'The input "id" of the workflow "inner" is "x" (string); the type integer was expected.',
        },
      ],
    });
  });

  it('bounds workflows that call themselves', async () => {
    const ending = "{ name: e, type: end, criteria: [{ condition: '$statusCode == 201' }] }";
    const get = getPetStep('a').trim().replace(/}$/, `, onSuccess: [${ending}] }`);
    const document = await loadText(
      `workflows:\n  - workflowId: w\n    steps:\n      ${get}\n      - { stepId: s, workflowId: w }\n`,
    );
    const { events } = await runDocument(document, () => okAnswer);
    expect(events.filter(({ kind }) => kind === 'step-failed')[0]).toMatchObject({
      reasons: [{ code: 'nested-too-deep' }],
    });
    expect(events.at(-1)).toEqual({
      kind: 'run-failed',
      reason: 'The step "s" of the workflow "w" failed: Workflows call each other more than 32 deep.',
    });
  });

  it('jumps to a workflow for good, with the inputs that it declares', async () => {
    const first = `  - { workflowId: first, steps: [{ stepId: s, operationId: getPet, parameters: [{ name: petId, in: path, value: a }], onSuccess: [{ name: j, type: goto, workflowId: inner }] }, { stepId: never, operationId: getPet, parameters: [{ name: petId, in: path, value: b }] }] }\n`;
    const ran = await runDocument(await loadText(`workflows:\n${first}${inner}`), () => okAnswer, {
      workflowIds: ['first'],
      inputs: { id: 5 },
    });
    expect(ran.seen.map(({ target }) => target)).toEqual(['/pets/a', '/pets/5']);
    expect(ran.events.at(-1)?.kind).toBe('run-succeeded');
  });
});
