import { takeInputs } from '../check/inputs.ts';
import type { Plan, PlannedWorkflow } from '../plan/plan.ts';
import type { RunContext } from './context.ts';
import type { FrameState, RunState } from './run-state.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a run has already, taken from the state that it goes on from. */
export function restoreContext(
  plan: Plan,
  state: RunState | undefined,
): Pick<RunContext, 'finished' | 'completed' | 'resuming'> {
  const finished = new Map<string, { readonly inputs: Values; readonly outputs: Values }>();
  for (const [id, outputs] of Object.entries(state?.finished ?? {})) {
    const workflow = plan.workflows.get(id);
    // Only those of the run itself are known to have had its inputs.
    const inputs =
      workflow && plan.order.includes(id) ? takeInputs(workflow.document, workflow.workflow, plan.inputs) : {};
    finished.set(id, { inputs, outputs });
  }
  const completed = Object.entries(state?.completed ?? {}).map(([id, steps]) => [id, new Set(steps)] as const);
  return { finished, completed: new Map(completed), resuming: new Map(state?.frames.entries() ?? []) };
}

/** The outputs of the steps that succeeded; outputs without a value are there with `undefined`. */
export function restoreSteps(
  { steps }: PlannedWorkflow,
  resumed: FrameState | undefined,
): Map<string, ReadonlyMap<string, unknown>> {
  const restored = new Map<string, ReadonlyMap<string, unknown>>();
  for (const { stepId, outputs } of steps) {
    const values = resumed && Object.hasOwn(resumed.steps, stepId) ? resumed.steps[stepId] : undefined;
    if (values === undefined) continue;
    restored.set(
      stepId,
      new Map(outputs.map(({ name }) => [name, Object.hasOwn(values, name) ? values[name] : undefined])),
    );
  }
  return restored;
}

/** The index of the step to begin with. */
export function restoreIndex({ steps }: PlannedWorkflow, resumed: FrameState | undefined): number {
  if (resumed?.stepId === undefined) return 0;
  const index = steps.findIndex(({ stepId }) => stepId === resumed.stepId);
  return resumed.isDone ? index + 1 : Math.max(0, index);
}
