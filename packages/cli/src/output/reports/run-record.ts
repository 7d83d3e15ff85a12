import type { Diagnostic, Plan, RunEvent, StepFailureReason } from '@gatewright/arazzo';

type Event<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;
type Outputs = Readonly<Record<string, unknown>>;

/** What reports tell of a run: its events, put in order. Times are milliseconds since the Unix epoch. */
export interface RunRecord {
  readonly document: string;
  /** `unfinished` when something of ours broke before the run ended. */
  readonly outcome: 'succeeded' | 'failed' | 'interrupted' | 'unfinished';
  /** Why the run failed. */
  readonly reason?: string;
  readonly startedAt: number;
  readonly milliseconds: number;
  /** In the order in which they started; one that ran several times is there several times. */
  readonly workflows: readonly WorkflowRecord[];
  /** The workflows that were to run and did not begin. */
  readonly notBegun: readonly NotBegun[];
  readonly warnings: readonly Diagnostic[];
}

/** A workflow before which the run ended. */
interface NotBegun {
  readonly workflowId: string;
  readonly notReached: readonly string[];
}

export interface WorkflowRecord {
  readonly workflowId: string;
  readonly outcome: RunRecord['outcome'];
  readonly startedAt: number;
  readonly steps: readonly StepRecord[];
  /** The ids of the steps that did not begin, in the order in which steps run. */
  readonly notReached: readonly string[];
  readonly outputs: Outputs;
  /** Why the workflow failed, when none of its steps tells. */
  readonly reason?: string;
}

export interface StepRecord {
  readonly stepId: string;
  /** Of its last attempt. */
  readonly outcome: RunRecord['outcome'];
  readonly attempts: number;
  /** Of all attempts, without the waits between them. */
  readonly milliseconds: number;
  /** Why the last attempt failed. */
  readonly reasons: readonly StepFailureReason[];
  readonly outputs: Outputs;
  readonly exchanges: readonly ExchangeRecord[];
}

export interface ExchangeRecord {
  readonly startedAt: number;
  readonly request: Pick<Event<'request'>, 'method' | 'url' | 'headers' | 'body'>;
  /** Absent when there was none. */
  readonly response?: Pick<Event<'response'>, 'status' | 'headers' | 'body' | 'milliseconds'>;
}

/** Listens to a run and can tell at any time what is known of it. */
export interface RunRecorder {
  observe(event: RunEvent): void;
  record(): RunRecord;
}

type Draft<Value> = { -readonly [Name in keyof Value]: Value[Name] };
type StepDraft = Draft<Omit<StepRecord, 'exchanges'>> & { readonly exchanges: Draft<ExchangeRecord>[]; again: boolean };
type WorkflowDraft = Draft<Omit<WorkflowRecord, 'steps' | 'notReached'>> & { readonly steps: StepDraft[] };

/** The workflows to run, and the steps of each. */
export interface PlannedSteps {
  readonly order: Plan['order'];
  readonly workflows: ReadonlyMap<string, { readonly steps: readonly { readonly stepId: string }[] }>;
}

/** @param now The time; milliseconds since the Unix epoch. */
export function createRunRecorder(planned: PlannedSteps, now: () => number): RunRecorder {
  const startedAt = now();
  const workflows: WorkflowDraft[] = [];
  /** Those under way: the last is called by the one before it. */
  const open: WorkflowDraft[] = [];
  const warnings: Diagnostic[] = [];
  const run: Draft<Pick<RunRecord, 'document' | 'outcome' | 'reason'>> = { document: '', outcome: 'unfinished' };

  const start = (workflowId: string): void => {
    const workflow: WorkflowDraft = { workflowId, outcome: 'unfinished', startedAt: now(), steps: [], outputs: {} };
    workflows.push(workflow);
    open.push(workflow);
  };
  const end = (
    outcome: WorkflowRecord['outcome'],
    { outputs, reason }: Pick<WorkflowRecord, 'outputs' | 'reason'>,
  ): void => {
    Object.assign(open.pop() ?? {}, { outcome, outputs, ...(reason !== undefined && { reason }) });
  };
  const interrupt = (): void => {
    run.outcome = 'interrupted';
    for (const workflow of open) workflow.outcome = 'interrupted';
    for (const step of open.flatMap(({ steps }) => steps)) {
      if (step.outcome === 'unfinished') step.outcome = 'interrupted';
    }
  };
  return {
    observe(event) {
      switch (event.kind) {
        case 'run-started':
          run.document = event.document;
          break;
        case 'workflow-started':
          start(event.workflowId);
          break;
        case 'workflow-succeeded':
          end('succeeded', event);
          break;
        case 'workflow-failed':
          end('failed', event);
          break;
        case 'warning':
          warnings.push(event.diagnostic);
          break;
        case 'run-succeeded':
          run.outcome = 'succeeded';
          break;
        case 'run-failed':
          Object.assign(run, { outcome: 'failed', reason: event.reason });
          break;
        case 'run-interrupted':
          interrupt();
          break;
        default:
          observeStep(open.at(-1)?.steps ?? [], event, now);
      }
    },
    record: () => ({
      ...run,
      startedAt,
      milliseconds: now() - startedAt,
      workflows: workflows.map((workflow) => ({
        ...workflow,
        steps: workflow.steps.map(({ again: _, ...step }) => step),
        notReached: listNotReached(planned, workflow.workflowId, workflow.steps),
      })),
      notBegun: planned.order
        .filter((id) => !workflows.some(({ workflowId }) => workflowId === id))
        .map((workflowId) => ({ workflowId, notReached: listNotReached(planned, workflowId, []) })),
      warnings,
    }),
  };
}

function listNotReached(
  { workflows }: PlannedSteps,
  workflowId: string,
  begun: readonly { readonly stepId: string }[],
): readonly string[] {
  const reached = new Set(begun.map(({ stepId }) => stepId));
  const ids = workflows.get(workflowId)?.steps.map(({ stepId }) => stepId) ?? [];
  return ids.filter((stepId) => !reached.has(stepId));
}

type StepEvent = Event<'step-started' | 'request' | 'response' | 'step-succeeded' | 'step-failed' | 'step-retrying'>;

function observeStep(steps: StepDraft[], event: RunEvent & StepEvent, now: () => number): void {
  if (event.kind === 'step-started') {
    startStep(steps, event.stepId);
    return;
  }
  const step = steps.findLast(({ stepId }) => stepId === event.stepId);
  if (step === undefined) return;
  switch (event.kind) {
    case 'request': {
      const { method, url, headers, body } = event;
      const request = { method, url, headers, ...(body !== undefined && { body }) };
      step.exchanges.push({ startedAt: now(), request });
      break;
    }
    case 'response': {
      const { status, headers, body, milliseconds } = event;
      const response = { status, headers, ...(body !== undefined && { body }), milliseconds };
      Object.assign(step.exchanges.at(-1) ?? {}, { response });
      break;
    }
    case 'step-succeeded':
      Object.assign(step, { outcome: 'succeeded', reasons: [], outputs: event.outputs });
      step.milliseconds += event.milliseconds;
      break;
    case 'step-failed':
      Object.assign(step, { outcome: 'failed', reasons: event.reasons });
      step.milliseconds += event.milliseconds;
      break;
    case 'step-retrying':
      step.again = true;
      break;
  }
}

/** A step that is tried again goes on; one that is reached again by a jump is another. */
function startStep(steps: StepDraft[], stepId: string): void {
  const last = steps.findLast((step) => step.stepId === stepId);
  if (last?.again) {
    Object.assign(last, { again: false, attempts: last.attempts + 1, outcome: 'unfinished', reasons: [] });
    return;
  }
  steps.push({
    ...{ stepId, outcome: 'unfinished', attempts: 1, milliseconds: 0, reasons: [], outputs: {}, exchanges: [] },
    again: false,
  });
}
