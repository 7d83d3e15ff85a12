import { describe, expect, it } from 'vitest';
import { loadText } from '../testing/documents.ts';
import { beginnings, orderWorkflows, reachableWorkflows, successors, transferTargets } from './order.ts';

const document = await loadText(`
components: { failureActions: { help: { name: help, type: goto, workflowId: rescue } } }
workflows:
  - { workflowId: a, dependsOn: [b, c], steps: [{ stepId: s, workflowId: called, onFailure: [{ reference: $components.failureActions.help }] }] }
  - { workflowId: b, dependsOn: [d], steps: [] }
  - { workflowId: c, dependsOn: [d, c], steps: [] }
  - { workflowId: d, steps: [] }
  - { workflowId: called, steps: [{ stepId: s, workflowId: a }], successActions: [{ name: x, type: goto, workflowId: d }] }
  - { workflowId: rescue, steps: [] }
`);

it.each([
  [['a', 'b'], { a: 'b' }, ['a']],
  [['b', 'a'], { a: 'b' }, ['a']],
  [['a', 'b', 'c'], {}, ['a', 'b', 'c']],
  [['a', 'b', 'c'], { a: 'b', b: 'a' }, ['a', 'c']],
  [['a'], { a: 'a' }, ['a']],
  [['a', 'b', 'c'], { a: 'b', b: 'c' }, ['a']],
])('begins, of the workflows %j with the jumps %j, with %j', async (ids, jumps: Record<string, string>, expected) => {
  const workflows = ids.map((id) => {
    const actions = jumps[id] === undefined ? '[]' : `[{ name: on, type: goto, workflowId: ${jumps[id]} }]`;
    return `{ workflowId: ${id}, steps: [], successActions: ${actions} }`;
  });
  expect(beginnings(await loadText(`workflows: [${workflows.join(', ')}]`))).toEqual(expected);
});

describe('orderWorkflows', () => {
  it.each([
    [['a'], ['d', 'b', 'c', 'a']],
    [
      ['d', 'b'],
      ['d', 'b'],
    ],
    [
      ['c', 'a'],
      ['d', 'c', 'b', 'a'],
    ],
    [['none'], []],
  ])('orders %j as %j', (ids, order) => {
    expect(orderWorkflows(document, ids)).toEqual(order);
  });
});

it('tells what runs once a workflow is over, which a retry does not wait for', async () => {
  const jumps = await loadText(`workflows:
  - { workflowId: a, steps: [{ stepId: s, workflowId: called, onFailure: [{ name: r, type: retry, workflowId: fix }, { name: g, type: goto, workflowId: b }] }] }
  - { workflowId: b, steps: [{ stepId: s, workflowId: inner }] }
  - { workflowId: called, steps: [], successActions: [{ name: x, type: goto, workflowId: within }] }
  - { workflowId: fix, steps: [] }
  - { workflowId: inner, steps: [] }
  - { workflowId: within, steps: [] }
`);
  expect([...successors(jumps, 'a')].toSorted()).toEqual(['b', 'inner']);
  expect([...successors(jumps, 'b')]).toEqual([]);
});

it('follows calls and jumps, those of components included', () => {
  expect([...reachableWorkflows(document, ['a'])].toSorted()).toEqual(['a', 'called', 'd', 'rescue']);
  expect([...transferTargets(document, ['a'])].toSorted()).toEqual(['a', 'rescue']);
});
