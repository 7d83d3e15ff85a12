import type { ActionOutline, DocumentOutline, StepOutline, WorkflowOutline } from '@gatewright/arazzo';
import { describeAction, describeChannel } from './outline.ts';

/**
 * A Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html) of the workflows: a box per step, the way of success
 * drawn through, what failure leads to dotted. Names of the document are only ever text in it.
 */
export function formatMermaid(document: DocumentOutline): readonly string[] {
  const ids = new Map(document.workflows.map(({ workflowId }, index) => [workflowId, `w${index + 1}`]));
  return [
    'flowchart TD',
    ...document.workflows.flatMap((workflow) => formatWorkflow(workflow, ids)),
    ...document.workflows.flatMap((workflow) => formatDependencies(workflow, ids)),
  ];
}

type Ids = ReadonlyMap<string, string>;

function formatWorkflow(workflow: WorkflowOutline, ids: Ids): readonly string[] {
  const id = ids.get(workflow.workflowId) ?? '';
  const steps = new Map(workflow.steps.map(({ stepId }, index) => [stepId, `${id}s${index + 1}`]));
  const boxes = workflow.steps.map((step) => `    ${steps.get(step.stepId)}["${escapeText(labelOf(step))}"]`);
  const edges = workflow.steps.flatMap((step, index) => {
    const next = workflow.steps[index + 1]?.stepId;
    return formatEdges(step, {
      from: steps.get(step.stepId) ?? '',
      next: (next && steps.get(next)) ?? `${id}end`,
      steps,
      ids,
    });
  });
  return [
    `  subgraph ${id}["${escapeText(workflow.workflowId)}"]`,
    ...boxes,
    `    ${id}end([end])`,
    ...edges.map((edge) => `    ${edge}`),
    '  end',
  ];
}

function labelOf({ stepId, target }: StepOutline): string {
  switch (target.kind) {
    case 'operation':
      return `${stepId}\n${target.method} ${target.path}`;
    case 'workflow':
      return `${stepId}\nruns ${target.workflowId}`;
    case 'channel':
      return `${stepId}\n${describeChannel(target).join(' ')}`;
    case 'unresolved':
      return `${stepId}\n?`;
  }
}

interface Surroundings {
  readonly from: string;
  /** Where success leads when no action says otherwise. */
  readonly next: string;
  readonly steps: ReadonlyMap<string, string>;
  readonly ids: Ids;
}

function formatEdges(step: StepOutline, surroundings: Surroundings): readonly string[] {
  const { from, next } = surroundings;
  const unconditional = step.onSuccess.some(({ criteria }) => criteria.length === 0);
  return [
    ...step.onSuccess.map((action) => formatEdge(action, '-->', surroundings)),
    ...(unconditional ? [] : [`${from} --> ${next}`]),
    ...step.onFailure.map((action) => formatEdge(action, '-.->', surroundings)),
  ];
}

function formatEdge(action: ActionOutline, arrow: string, { from, next, steps, ids }: Surroundings): string {
  const end = next.replace(/(?:s\d+|end)$/, 'end');
  const jump = (action.stepId && steps.get(action.stepId)) ?? (action.workflowId && ids.get(action.workflowId));
  const target = action.type === 'goto' ? (jump ?? end) : action.type === 'retry' ? from : end;
  const label = [...action.criteria, ...(action.type === 'retry' ? [describeAction(action)] : [])].join(' and ');
  return `${from} ${arrow}|"${escapeText(label === '' ? action.name : label)}"| ${target}`;
}

function formatDependencies(workflow: WorkflowOutline, ids: Ids): readonly string[] {
  return workflow.dependsOn.flatMap((name) => {
    const from = ids.get(name);
    return from === undefined ? [] : `  ${from} ==> ${ids.get(workflow.workflowId)}`;
  });
}

/** Text inside double quotes: what Mermaid or HTML would read is written as entity codes. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[#"<>&`|\\]/g, (character) => `#${character.charCodeAt(0)};`)
    .replaceAll(/\s*\n\s*/g, '<br/>');
}
