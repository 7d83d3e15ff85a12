import type { Plan } from '../plan/plan.ts';
import { watchSecrets } from '../plan/secret-inputs.ts';
import type { Transport } from '../transports/transport.ts';
import { type Clock, systemClock } from './clock.ts';
import type { RunContext } from './context.ts';
import { createDeadline } from './deadline.ts';
import type { RunEvent } from './events.ts';
import { type Flow, play } from './flow.ts';
import { restoreContext } from './restore.ts';
import type { RunState } from './run-state.ts';
import { runWorkflow } from './run-workflow.ts';
import type { Translation } from './translation.ts';

export interface RunOptions {
  /** Stays the caller's, who closes it. */
  readonly transport: Transport;
  /** For servers that do not spell things as their descriptions do. */
  readonly translation?: Translation;
  /** Aborting it ends the run with `run-interrupted`. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** How many steps may be tried, retries included; 10 000 by default. */
  readonly stepBudget?: number;
  /** Goes on from where another run came to; `whyNotResumable` tells whether that fits the plan. */
  readonly resumeFrom?: RunState;
  /**
   * Called before a workflow starts with the texts among its inputs that their schemas declare with `format: password`,
   * for whoever shows or keeps its events: those of called workflows may come from answers.
   */
  readonly onSecrets?: (texts: readonly string[]) => void;
}

const DEFAULT_STEP_BUDGET = 10_000;

/**
 * Runs a plan and tells what happens. The first workflow that fails ends the run. The last event is `run-succeeded`,
 * `run-failed` or `run-interrupted`; a failure is an event, never an exception. A request is not sent before the event after
 * `request` is asked for, so what has to be done before it is sent can be done when that event arrives.
 */
export function run(plan: Plan, options: RunOptions): AsyncGenerator<RunEvent, void> {
  return play(runPlan(plan, options));
}

function* runPlan(plan: Plan, options: RunOptions): Flow<void> {
  const clock = options.clock ?? systemClock;
  const signal = options.signal ?? new AbortController().signal;
  const deadline = createDeadline(signal, clock);
  const stepBudget = options.stepBudget ?? DEFAULT_STEP_BUDGET;
  const context: RunContext = {
    plan,
    transport: options.transport,
    ...(options.translation && { translation: options.translation }),
    authorizers: new Map(),
    clock,
    signal,
    deadline,
    budget: { size: stepBudget, left: stepBudget },
    watchInputs: watchSecrets(options.onSecrets),
    ...restoreContext(plan, options.resumeFrom),
  };
  try {
    yield { kind: 'run-started', document: plan.document.url, workflowIds: plan.order };
    yield* runWorkflows(context, plan.order.slice(options.resumeFrom?.done ?? 0));
  } finally {
    deadline.close();
  }
}

/** Runs workflows in turn until one fails. */
function* runWorkflows(context: RunContext, workflowIds: readonly string[]): Flow<void> {
  const { plan, finished } = context;
  for (const workflowId of workflowIds) {
    const outcome = yield* runWorkflow(context, workflowId, plan.inputs);
    if (outcome.kind === 'succeeded') continue;
    yield outcome.kind === 'failed' ? { kind: 'run-failed', reason: outcome.reason } : { kind: 'run-interrupted' };
    return;
  }
  const outputs = plan.order.map((workflowId) => [workflowId, finished.get(workflowId)?.outputs ?? {}] as const);
  yield { kind: 'run-succeeded', outputs: Object.fromEntries(outputs) };
}
