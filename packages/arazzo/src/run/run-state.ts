import type { Plan } from '../plan/plan.ts';

type Values = Readonly<Record<string, unknown>>;

/** How far a run came, as plain data that JSON can hold: what `run` needs to go on from there. */
export interface RunState {
  /** The workflows of the run in order. */
  readonly workflowIds: readonly string[];
  /** How many of them are over. */
  readonly done: number;
  /** The outputs of every workflow that succeeded, called ones too, by id. */
  readonly finished: Readonly<Record<string, Values>>;
  /** The steps that succeeded, by the id of their workflow. */
  readonly completed: Readonly<Record<string, readonly string[]>>;
  /** The workflows under way: each but the last is at the step that called the next. */
  readonly frames: readonly FrameState[];
}

export interface FrameState {
  readonly workflowId: string;
  /** What actions that jumped there gave it besides its inputs. */
  readonly parameters: Values;
  /** The outputs of the steps that succeeded, by step. */
  readonly steps: Readonly<Record<string, Values>>;
  /** The step it has come to; absent before the first. */
  readonly stepId?: string;
  /** Whether that step succeeded already, so that the one after it is next. */
  readonly isDone: boolean;
}

/** Why a run of the plan cannot go on from a state, as one sentence; `undefined` when it can. */
export function whyNotResumable(plan: Plan, state: RunState): string | undefined {
  if (state.workflowIds.join('\n') !== plan.order.join('\n')) {
    return `The run was of the workflows ${state.workflowIds.join(', ')}, not of ${plan.order.join(', ')}.`;
  }
  for (const frame of state.frames) {
    const reason = whyNotAt(plan, frame);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function whyNotAt(plan: Plan, { workflowId, stepId, isDone, steps }: FrameState): string | undefined {
  const workflow = plan.workflows.get(workflowId);
  if (workflow === undefined) return `The document no longer has the workflow "${workflowId}".`;
  const find = (id: string) => workflow.steps.find((step) => step.stepId === id);
  // Steps that succeeded count too: under another name what they gave would be read by none.
  const gone = [...Object.keys(steps), ...(stepId === undefined ? [] : [stepId])].find((id) => find(id) === undefined);
  if (gone !== undefined) return `The document no longer has the step "${gone}" of the workflow "${workflowId}".`;
  if (isDone && stepId !== undefined && find(stepId)?.onSuccess.length !== 0) {
    return `The run ended after the step "${stepId}" of the workflow "${workflowId}", and which of its actions was to follow is not known.`;
  }
  return undefined;
}
