import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from '../analysis.ts';
import { numberCircles } from '../circles.ts';
import { findProspect, type Prospect } from '../control-flow.ts';
import { report } from '../rule.ts';

/**
 * Every workflow can come to an end in success, whatever the answers are. One that always calls itself first is an error; a
 * circle of jumps, which a failure may well be meant to end, is a warning.
 */
export function endings(analysis: Analysis): readonly Diagnostic[] {
  const endless = findEndless(analysis.workflows);
  if (endless.length === 0) return [];
  const circles = findCircles(endless);
  return endless.flatMap((one) => judge(one, circles).map((finding) => report(one.analyzed.document, finding)));
}

/** A workflow that never succeeds. */
interface Endless {
  readonly analyzed: AnalyzedWorkflow;
  readonly prospect: Prospect;
}

/** Starts from the workflows that need no other to succeed; each that is found may let those that lead to it succeed. */
function findEndless(workflows: readonly AnalyzedWorkflow[]): readonly Endless[] {
  const callers = new Map<string, Set<AnalyzedWorkflow>>();
  for (const workflow of workflows) {
    for (const id of namedBy(workflow)) callers.set(id, (callers.get(id) ?? new Set()).add(workflow));
  }
  const known = new Set(workflows.map(({ id }) => id));
  const succeeding = new Set<string>();
  const canSucceed = (id: string) => succeeding.has(id) || !known.has(id);
  const waiting = new Set(workflows);
  for (const workflow of waiting) {
    // What is added again while it is gone through comes last.
    waiting.delete(workflow);
    if (succeeding.has(workflow.id) || !findProspect(workflow.steps, canSucceed).canSucceed) continue;
    succeeding.add(workflow.id);
    for (const caller of callers.get(workflow.id) ?? []) waiting.add(caller);
  }
  return workflows
    .filter(({ id }) => !succeeding.has(id))
    .map((analyzed) => ({ analyzed, prospect: findProspect(analyzed.steps, canSucceed) }));
}

/** The workflows that one may call or jump to. */
function namedBy({ steps }: AnalyzedWorkflow): readonly string[] {
  const calls = steps.flatMap((step) => calledBy(step) ?? []);
  const jumps = steps.flatMap(({ onSuccess, onFailure }) => [onSuccess, onFailure].flat());
  return [...calls, ...jumps.flatMap(({ target }) => target?.id ?? [])];
}

/** Of workflows that never succeed, by their ids: which lead to each other. */
interface Circles {
  readonly anyhow: ReadonlyMap<string, number>;
  readonly byJumps: ReadonlyMap<string, number>;
}

function findCircles(endless: readonly Endless[]): Circles {
  const prospects = new Map(endless.map(({ analyzed, prospect }) => [analyzed.id, prospect]));
  const jumpsOf = (id: string) => (prospects.get(id)?.jumps ?? []).flatMap(({ target }) => target?.id ?? []);
  const callsOf = (id: string) => (prospects.get(id)?.calls ?? []).flatMap((step) => calledBy(step) ?? []);
  const within = (ids: readonly string[]) => ids.filter((id) => prospects.has(id));
  const ids = [...prospects.keys()];
  return {
    anyhow: numberCircles(ids, (id) => within([...callsOf(id), ...jumpsOf(id)])),
    byJumps: numberCircles(ids, (id) => within(jumpsOf(id))),
  };
}

function calledBy({ target }: AnalyzedStep): string | undefined {
  return target.kind === 'workflow' ? target.called?.id : undefined;
}

function judge(one: Endless, { anyhow, byJumps }: Circles): readonly Finding[] {
  const { analyzed, prospect } = one;
  const { workflowId } = analyzed.workflow;
  if (turnsForever(one)) return [describeTurn(one)];
  const isIn = (circles: ReadonlyMap<string, number>, id: string | undefined) =>
    id !== undefined && circles.has(id) && circles.get(id) === circles.get(analyzed.id);
  const calls = prospect.calls.filter((step) => isIn(anyhow, calledBy(step)));
  const jumps = prospect.jumps.filter(({ target }) => isIn(byJumps, target?.id));
  return [
    ...calls.map(({ step }): Finding => {
      const message = `The workflow "${workflowId}" calls itself by way of the step "${step.stepId}" on every way to its end, so that it never succeeds; an action with criteria would end it.`;
      return { code: 'workflow-cycle', severity: 'error', message, pointer: childPointer(step.pointer, 'workflowId') };
    }),
    ...jumps.map(({ action }): Finding => {
      const message = `The workflow "${workflowId}" leads to itself again by way of the action ${quote(action.name)}, and to no end in success.`;
      return {
        code: 'endless-loop',
        severity: 'warning',
        message,
        pointer: childPointer(action.pointer, 'workflowId'),
      };
    }),
  ];
}

/** Whether its own steps have no end, whatever the workflows do that they lead to. */
function turnsForever({ analyzed }: Endless): boolean {
  return !findProspect(analyzed.steps, () => true).canSucceed;
}

function describeTurn({ analyzed, prospect }: Endless): Finding {
  const { workflow } = analyzed;
  const turn = prospect.turns.at(-1)?.action;
  const message = `The workflow "${workflow.workflowId}" has no end in success: every way through its steps leads in a circle.`;
  const pointer = turn === undefined ? workflow.pointer : childPointer(turn.pointer, 'stepId');
  return { code: 'endless-loop', severity: 'warning', message, pointer };
}
