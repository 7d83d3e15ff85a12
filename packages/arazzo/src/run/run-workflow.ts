import type { AnalyzedDependency, AnalyzedParameter } from '../check/analysis.ts';
import { takeInputs, validateInputs } from '../check/inputs.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { workflowIdIn } from '../document/arazzo-document.ts';
import { locateFinding } from '../document/source-file.ts';
import { evaluateTemplate } from '../expression/evaluate.ts';
import type { Scope } from '../expression/scope.ts';
import { hasContext } from '../expression/why-absent.ts';
import type { PlannedAction, PlannedStep, PlannedWorkflow, WorkflowCall } from '../plan/plan.ts';
import { type AttemptResult, attemptOperation, describeAbsence, judge } from './attempt-step.ts';
import { wait } from './clock.ts';
import type { Frame, RunContext } from './context.ts';
import type { RunEvent, StepFailureReason } from './events.ts';
import { type Flow, settled } from './flow.ts';
import { decideNext, type Next, parseRetryAfter } from './next.ts';
import { restoreIndex, restoreSteps } from './restore.ts';

type Values = Readonly<Record<string, unknown>>;

/** How a workflow ended. */
export type WorkflowOutcome =
  | { readonly kind: 'succeeded'; readonly outputs: Values }
  | { readonly kind: 'failed'; readonly outputs: Values; readonly reason: string }
  | { readonly kind: 'interrupted' };

/** Control passed to another workflow; this one is over. */
interface Transfer {
  readonly kind: 'transferred';
  readonly workflowId: string;
  readonly given: Values;
  /** What the action adds to what was given. */
  readonly parameters: Values;
}

type Retry = Extract<Next, { kind: 'retry' }>;

/** What follows a step once its retries are over. */
type AfterStep = Exclude<Next, { kind: 'retry' }> | { readonly kind: 'interrupted' };

interface StepEnd {
  readonly next: AfterStep;
  /** Why the step failed, when it did. */
  readonly reason?: string;
  /** Of the action that follows. */
  readonly parameters?: Values;
}

/** Workflows may call each other this deep. */
const MAX_WORKFLOW_DEPTH = 32;

/**
 * Runs a workflow, and those it jumps to: a jump ends it, counts as its success, and what it jumps to decides how the
 * whole ends. A workflow jumped to takes the inputs it declares from those of the first.
 */
export function* runWorkflow(
  context: RunContext,
  workflowId: string,
  given: Values,
  caller: Pick<Frame, 'depth' | 'until'> = { depth: 0 },
): Flow<WorkflowOutcome> {
  const { depth } = caller;
  let resumed = context.resuming.get(depth);
  let current = resumed?.workflowId ?? workflowId;
  let values = { ...given, ...resumed?.parameters };
  let from: Pick<RunEvent & { kind: 'workflow-started' }, 'transfer'> = {};
  for (;;) {
    const workflow = context.plan.workflows.get(current);
    if (workflow === undefined) {
      return { kind: 'failed', outputs: {}, reason: `The workflow "${current}" is not planned.` };
    }
    const inputs = takeInputs(workflow.document, workflow.workflow, values);
    context.watchInputs(workflow, inputs);
    const steps = restoreSteps(workflow, resumed);
    const scope = createScope(context, workflow, inputs, steps);
    const frame = { ...caller, context, workflow, inputs, given: values, steps, scope };
    yield { kind: 'workflow-started', workflowId: workflow.id, ...from };
    const outcome = yield* runOnce(frame, restoreIndex(workflow, resumed));
    if (outcome.kind !== 'transferred') return outcome;
    current = outcome.workflowId;
    values = outcome.given;
    from = { transfer: { parameters: outcome.parameters } };
    resumed = undefined;
  }
}

function* runOnce(frame: Frame, start: number): Flow<WorkflowOutcome | Transfer> {
  const { workflow } = frame;
  let index = start;
  for (let step = workflow.steps[index]; step !== undefined; step = workflow.steps[index]) {
    const { next, reason, parameters } = yield* runStep(frame, step);
    if (next.kind === 'interrupted') return next;
    if (next.kind === 'end') return yield* conclude(frame, next.succeeded ? undefined : { step, reason });
    if (next.kind === 'goto-workflow') return yield* transfer(frame, step, next, parameters);
    index = next.kind === 'goto-step' ? indexOf(workflow, next.stepId) : index + 1;
  }
  return yield* conclude(frame, undefined);
}

function indexOf({ steps }: PlannedWorkflow, stepId: string): number {
  return steps.findIndex((step) => step.stepId === stepId);
}

interface Failure {
  readonly step: PlannedStep;
  readonly reason: string | undefined;
  /** What followed the step failed, and not the step. */
  readonly isOfJump?: boolean;
}

/** Passes control to a workflow, unless the inputs that the action gives it are wrong. */
function* transfer(
  frame: Frame,
  step: PlannedStep,
  next: Extract<Next, { kind: 'goto-workflow' }>,
  parameters: Values | undefined,
): Flow<WorkflowOutcome | Transfer> {
  const given = { ...frame.given, ...parameters };
  const problems = next.parameters ? yield* settled(judgeGiven(frame, next.workflowId, given)) : [];
  if (problems.length > 0) return yield* conclude(frame, { step, reason: problems.join(' '), isOfJump: true });
  yield* conclude(frame, undefined);
  return { kind: 'transferred', workflowId: next.workflowId, given, parameters: parameters ?? {} };
}

/** Ends a workflow with the outputs it has by then. */
function* conclude(frame: Frame, failure: Failure | undefined): Flow<WorkflowOutcome> {
  const workflowId = frame.workflow.id;
  const outputs = finish(frame);
  if (failure === undefined) {
    yield* warnOfNothing(frame, outputs);
    yield { kind: 'workflow-succeeded', workflowId, outputs };
    return { kind: 'succeeded', outputs };
  }
  const { stepId } = failure.step;
  const { reason = '', isOfJump = false } = failure;
  yield { kind: 'workflow-failed', workflowId, stepId, outputs, ...(isOfJump && { reason }) };
  const where = `The step "${stepId}" of the workflow "${workflowId}" failed: `;
  // Where workflows call themselves, each place is named once.
  return { kind: 'failed', outputs, reason: reason.includes(where) ? reason : `${where}${reason}` };
}

/** Reads the outputs of a workflow; those whose steps were skipped, or had no value, are left out. */
function finish(frame: Frame): Values {
  const values = frame.workflow.outputs.map(
    (output) => [output.name, evaluateTemplate(output.template, frame.scope)] as const,
  );
  const outputs = Object.fromEntries(values.filter(([, value]) => value !== undefined));
  frame.context.finished.set(frame.workflow.id, { inputs: frame.inputs, outputs });
  return outputs;
}

/** Warns of outputs that find nothing in a value that is there; where that is absent itself, its step has told or was skipped. */
function* warnOfNothing(frame: Frame, outputs: Values): Flow<void> {
  const { workflow, scope } = frame;
  for (const output of workflow.outputs) {
    if (Object.hasOwn(outputs, output.name) || !hasContext(output.template, scope)) continue;
    yield { kind: 'warning', diagnostic: describeAbsence(frame, `workflow "${workflow.id}"`, output, scope) };
  }
}

/** Reads what is in `steps` and in the finished workflows by then, so that one scope serves all steps. */
function createScope(
  context: RunContext,
  workflow: PlannedWorkflow,
  inputs: Values,
  steps: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
): Scope {
  const workflows = {
    get(workflowId: string) {
      // Expressions name the workflows of their own document, itself too, whose inputs there are already.
      const id = workflowIdIn(workflow.document, workflowId);
      const finished = context.finished.get(id);
      return id === workflow.id ? { inputs, outputs: finished?.outputs ?? {} } : finished;
    },
  };
  const { sources, components } = workflow;
  const { self } = workflow.document;
  const named = self === undefined ? {} : { self };
  return { inputs, steps, workflows, sources, components, ...named };
}

/** Runs a step with its retries. Each retry action has its own budget, counted anew whenever the step is reached. */
function* runStep(frame: Frame, step: PlannedStep): Flow<StepEnd> {
  const { context } = frame;
  const place = { workflowId: frame.workflow.id, stepId: step.stepId };
  const retries = new Map<string, number>();
  for (let attempt = 1; ; attempt += 1) {
    const result = yield* attemptStep(frame, step, attempt);
    if (result.kind === 'interrupted') return { next: result };
    const next = judgeNext(frame, step, result, retries);
    const parameters = readParameters(frame, next, result);
    if (next.kind !== 'retry') return { next, parameters, ...describeFailure(result) };
    retries.set(next.action, (retries.get(next.action) ?? 0) + 1);
    // What comes too late is not waited for: the time of the workflow ends before.
    const left = frame.until === undefined ? next.afterMilliseconds : frame.until - context.clock.now();
    const afterMilliseconds = Math.min(next.afterMilliseconds, left);
    yield { kind: 'step-retrying', ...place, afterMilliseconds, attempt: attempt + 1 };
    const waited = yield* settled(wait(context.clock, afterMilliseconds, context.signal));
    if (!waited) return { next: { kind: 'interrupted' } };
    if (yield* prepareRetry(frame, step, next, parameters)) return { next: { kind: 'interrupted' } };
  }
}

function describeFailure(result: AttemptResult): Pick<StepEnd, 'reason'> {
  return result.kind === 'failed' ? { reason: result.reasons.map(({ message }) => message).join(' ') } : {};
}

/** The inputs that what follows gives to the workflow it leads to. */
function readParameters(frame: Frame, next: Next, { scope }: Exclude<AttemptResult, { kind: 'interrupted' }>): Values {
  const parameters = next.kind === 'retry' || next.kind === 'goto-workflow' ? next.parameters : undefined;
  return parameters === undefined ? {} : evaluateParameters(parameters, { ...scope, steps: frame.steps });
}

function judgeNext(
  frame: Frame,
  step: PlannedStep,
  result: Exclude<AttemptResult, { kind: 'interrupted' }>,
  retries: ReadonlyMap<string, number>,
): Next {
  const succeeded = result.kind === 'succeeded';
  // Most steps have no actions.
  if (succeeded && step.onSuccess.length === 0) return { kind: 'continue' };
  // A spent budget, unlike other failures, leaves nothing to be tried.
  if (result.kind === 'failed' && result.reasons.some(({ code }) => code === 'step-budget-exhausted')) {
    return { kind: 'end', succeeded: false };
  }
  if (!succeeded && isOver(frame.context, frame)) return { kind: 'end', succeeded: false };
  const headers = result.scope.exchange?.response?.headers ?? {};
  const wish = Object.hasOwn(headers, 'retry-after') ? headers['retry-after']?.[0] : undefined;
  const retryAfterMilliseconds = parseRetryAfter(wish, frame.context.clock.now());
  const scope = { ...result.scope, steps: frame.steps };
  return decideNext({
    succeeded,
    actions: succeeded ? step.onSuccess : step.onFailure,
    isSatisfied: (action: PlannedAction) =>
      action.criteria.every((criterion) => criterion.test(scope).kind === 'satisfied'),
    retries,
    ...(retryAfterMilliseconds !== undefined && { retryAfterMilliseconds }),
  });
}

/** Runs what a retry names before the step is tried again; its own actions and its failure change nothing. */
function* prepareRetry(frame: Frame, tried: PlannedStep, next: Retry, parameters: Values): Flow<boolean> {
  if (next.workflowId !== undefined) {
    if (frame.depth >= MAX_WORKFLOW_DEPTH) return false;
    const given = { ...frame.given, ...parameters };
    const problems = next.parameters ? yield* settled(judgeGiven(frame, next.workflowId, given)) : [];
    if (problems.length > 0) {
      // A failure of what prepares changes nothing, and neither does one that cannot begin.
      yield { kind: 'warning', diagnostic: describeUnprepared(frame, tried, next, problems) };
      return false;
    }
    const outcome = yield* runWorkflow(frame.context, next.workflowId, given, callerOf(frame));
    return outcome.kind === 'interrupted';
  }
  const step = frame.workflow.steps.find(({ stepId }) => stepId === next.stepId);
  if (step === undefined) return false;
  const result = yield* attemptStep(frame, step, 1);
  return result.kind === 'interrupted';
}

function describeUnprepared(frame: Frame, step: PlannedStep, next: Retry, problems: readonly string[]): Diagnostic {
  const pointer = step.onFailure.find(({ action }) => action.name === next.action)?.action.pointer ?? '';
  const message = `The workflow "${next.workflowId}" does not run before the step "${step.stepId}" is tried again: ${problems.join(' ')}`;
  return locateFinding(frame.workflow.document.file, { code: 'invalid-input', severity: 'warning', message, pointer });
}

/** Tries a step once, telling how it went, and keeps its outputs. */
function* attemptStep(frame: Frame, step: PlannedStep, attempt: number): Flow<AttemptResult> {
  const { context } = frame;
  if (context.signal.aborted) return { kind: 'interrupted' };
  const { stepId } = step;
  const workflowId = frame.workflow.id;
  yield { kind: 'step-started', workflowId, stepId, attempt };
  const started = context.clock.now();
  const result = yield* perform(frame, step);
  context.resuming.clear();
  const milliseconds = context.clock.now() - started;
  if (result.kind === 'succeeded') {
    keep(frame, step, result.outputs);
    yield { kind: 'step-succeeded', workflowId, stepId, outputs: result.values, milliseconds };
  } else if (result.kind === 'failed') {
    yield { kind: 'step-failed', workflowId, stepId, reasons: result.reasons, milliseconds };
  }
  return result;
}

/** Remembers that a step is complete, and those of its outputs that something reads. */
function keep({ context, workflow, steps }: Frame, step: PlannedStep, outputs: ReadonlyMap<string, unknown>): void {
  const isWhole = step.kept.size === outputs.size;
  steps.set(step.stepId, isWhole ? outputs : new Map([...outputs].filter(([name]) => step.kept.has(name))));
  const completed = context.completed.get(workflow.id);
  if (completed === undefined) context.completed.set(workflow.id, new Set([step.stepId]));
  else completed.add(step.stepId);
}

function* perform(frame: Frame, step: PlannedStep): Flow<AttemptResult> {
  const { scope } = frame;
  const { budget } = frame.context;
  if (isOver(frame.context, frame))
    return fail(scope, 'timed-out', 'The time of the step that called this workflow is over.');
  if (budget.left <= 0) {
    return fail(
      scope,
      'step-budget-exhausted',
      `The run has tried ${budget.size} steps, retries included, which is as many as it may; the document seems to loop.`,
    );
  }
  budget.left -= 1;
  const missing = step.dependencies.find((dependency) => !isComplete(frame, dependency));
  if (missing !== undefined) {
    const message = `The step depends on "${missing.text}", which is not complete; a dependency does not run a step.`;
    return fail(scope, 'dependency-incomplete', message);
  }
  if (step.call.kind === 'operation') return yield* attemptOperation(frame, step, step.call, scope);
  return yield* callWorkflow(frame, step, step.call, scope);
}

function isComplete({ context, steps }: Frame, { stepId, workflowId }: AnalyzedDependency): boolean {
  return workflowId === undefined ? steps.has(stepId) : context.completed.get(workflowId)?.has(stepId) === true;
}

/** Runs a workflow as a step: the parameters are its inputs, and its outputs are what `$outputs` reads. */
function* callWorkflow(frame: Frame, step: PlannedStep, call: WorkflowCall, scope: Scope): Flow<AttemptResult> {
  const { context } = frame;
  if (frame.depth >= MAX_WORKFLOW_DEPTH) {
    return fail(scope, 'nested-too-deep', `Workflows call each other more than ${MAX_WORKFLOW_DEPTH} deep.`);
  }
  const given = evaluateParameters(call.parameters, scope);
  const problems = yield* settled(judgeGiven(frame, call.workflowId, given));
  if (problems.length > 0) {
    return { kind: 'failed', scope, reasons: problems.map((message) => ({ code: 'input-invalid', message })) };
  }
  const caller = callerOf(frame, step.timeout);
  const outcome = yield* runWorkflow(context, call.workflowId, given, caller);
  if (outcome.kind === 'interrupted') return outcome;
  const after = { ...scope, outputs: outcome.outputs };
  if (outcome.kind === 'failed' && step.timeout !== undefined && isOver(context, caller)) {
    return fail(after, 'timed-out', `The workflow "${call.workflowId}" did not end within ${step.timeout} ms.`);
  }
  if (outcome.kind === 'failed') return fail(after, 'workflow-failed', outcome.reason);
  return yield* judge(frame, step, after);
}

/** What a workflow that is called has of its caller: the time that is left, of which a `timeout` may take less. */
function callerOf({ context, depth, until }: Frame, timeout?: number): Pick<Frame, 'depth' | 'until'> {
  const own =
    timeout === undefined ? until : Math.min(context.clock.now() + timeout, until ?? Number.POSITIVE_INFINITY);
  return { depth: depth + 1, ...(own !== undefined && { until: own }) };
}

/** Whether the time of a workflow is over. */
function isOver({ clock }: RunContext, { until }: Pick<Frame, 'until'>): boolean {
  return until !== undefined && clock.now() >= until;
}

/** The values of parameters that are inputs; absent ones are left out. */
function evaluateParameters(parameters: readonly AnalyzedParameter[], scope: Scope): Values {
  const values = parameters.map(({ name, template }) => [name, evaluateTemplate(template, scope)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** What is wrong with the inputs of a workflow, now that their values are known. */
async function judgeGiven({ context }: Frame, workflowId: string, given: Values): Promise<readonly string[]> {
  const called = context.plan.workflows.get(workflowId);
  if (called === undefined) return [];
  const inputs = takeInputs(called.document, called.workflow, given);
  return (await validateInputs(called.document, called.workflow, inputs)).map(({ message }) => message);
}

function fail(scope: Scope, code: StepFailureReason['code'], message: string): AttemptResult {
  return { kind: 'failed', scope, reasons: [{ code, message }] };
}
