import type { Scope, WorkflowValues } from '../expression/scope.ts';
import type { Plan, PlannedWorkflow } from '../plan/plan.ts';
import type { Authorization, Authorizer } from '../security/authorizer.ts';
import type { Transport } from '../transports/transport.ts';
import type { Clock } from './clock.ts';
import type { Deadline } from './deadline.ts';
import type { FrameState } from './run-state.ts';
import type { Translation } from './translation.ts';

/** What all workflows of a run share. */
export interface RunContext {
  readonly plan: Plan;
  readonly transport: Transport;
  readonly translation?: Translation;
  /** Those that were used already, with what they learned. */
  readonly authorizers: Map<Authorization, Authorizer>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Of the request that is under way. */
  readonly deadline: Deadline;
  /** How many more steps may be tried, retries included: bounds documents that loop. */
  readonly budget: { readonly size: number; left: number };
  /** The values of the workflows that ran, by id; a later run of the same workflow replaces them. */
  readonly finished: Map<string, WorkflowValues>;
  /** The steps that succeeded, by the id of their workflow. */
  readonly completed: Map<string, Set<string>>;
  /** Called with the inputs of each workflow before it starts. */
  readonly watchInputs: (workflow: PlannedWorkflow, inputs: Readonly<Record<string, unknown>>) => void;
  /** Where the workflows stand that this run goes on with, by depth; empty once a step has ended. */
  readonly resuming: Map<number, FrameState>;
}

/** One workflow under way. */
export interface Frame {
  readonly context: RunContext;
  readonly workflow: PlannedWorkflow;
  /** Those it takes of the inputs given. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What it was started with, for the workflows it leads to. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Of the steps that succeeded, the outputs that something reads, absent values included as `undefined`. */
  readonly steps: Map<string, ReadonlyMap<string, unknown>>;
  /** What its expressions read outside of steps, as it is at the moment. */
  readonly scope: Scope;
  /** How many workflows called each other to get here. */
  readonly depth: number;
  /** When the step that called this workflow is given up, on the clock of the run; absent when it gives no `timeout`. */
  readonly until?: number;
}
