import type { AnalyzedOutput } from '../check/analysis.ts';
import type { CompiledCriterion } from '../criterion/criterion.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type ChangedNumber, findChangedNumber } from '../document/changed-number.ts';
import { quote } from '../document/json.ts';
import { locateFinding } from '../document/source-file.ts';
import { evaluateTemplate } from '../expression/evaluate.ts';
import type { Exchange, Scope } from '../expression/scope.ts';
import { whyAbsent } from '../expression/why-absent.ts';
import type { OperationCall, PlannedStep } from '../plan/plan.ts';
import { buildRequest } from '../request/build-request.ts';
import { type HttpExchangeResponse, TransportError } from '../transports/transport.ts';
import type { Frame } from './context.ts';
import type { StepFailureReason } from './events.ts';
import type { Flow } from './flow.ts';
import { readResponseBody, readResponseText, whyNotJson } from './read-response.ts';
import { prepareRequest, sendRequest } from './send-request.ts';

/** Without success criteria a step succeeds with a status from 200 to 399; the specification leaves it open. */
const SUCCESS_STATUS = { from: 200, to: 399 };

/** How an attempt at a step went. `scope` is what the criteria of its actions can read. */
export type AttemptResult =
  | {
      readonly kind: 'succeeded';
      readonly scope: Scope;
      /** All of them; one that has no value is there with `undefined`. */
      readonly outputs: ReadonlyMap<string, unknown>;
      /** Those that have a value. */
      readonly values: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'failed'; readonly scope: Scope; readonly reasons: readonly StepFailureReason[] }
  | { readonly kind: 'interrupted' };

/** Sends the request of a step once and judges the response. */
export function* attemptOperation(
  frame: Frame,
  step: PlannedStep,
  call: OperationCall,
  scope: Scope,
): Flow<AttemptResult> {
  const { context } = frame;
  const { stepId } = step;
  const workflowId = frame.workflow.id;
  const built = buildRequest(call, scope);
  if (built.kind === 'refused') return { kind: 'failed', scope, reasons: [built.reason] };
  const { exchange } = built.request;
  const judgeAnswer = (answer: HttpExchangeResponse): readonly string[] =>
    judgeOutcome(step, withExchange(scope, exchange, readResponse(answer))).map(({ message }) => message);
  const asked = withExchange(scope, exchange);
  const result = yield* prepareRequest(frame, call, built.request, step, { scope: asked, judge: judgeAnswer });
  if (result.kind === 'refused') {
    return context.signal.aborted ? { kind: 'interrupted' } : { kind: 'failed', scope, reasons: [result.reason] };
  }
  const { method, url, headers } = result.prepared.request;
  const sent = exchange.request.body;
  yield { kind: 'request', workflowId, stepId, method, url, headers, ...(sent !== undefined && { body: sent }) };
  const started = context.clock.now();
  const response = yield* sendRequest(context, result.prepared);
  if (response instanceof TransportError) {
    // A response that came all the same is told of: what it created must not be forgotten.
    if (context.signal.aborted) return { kind: 'interrupted' };
    const reason = { code: response.code, message: response.message };
    return { kind: 'failed', scope: asked, reasons: [reason] };
  }
  const milliseconds = context.clock.now() - started;
  const answer = readResponse(response);
  const { status, headers: received, body } = answer;
  const path = pathOf(url);
  yield {
    kind: 'response',
    workflowId,
    stepId,
    method,
    url,
    path,
    status,
    headers: received,
    milliseconds,
    ...(body !== undefined && { body }),
  };
  const problem = whyNotJson(response, body);
  if (problem !== undefined) yield { kind: 'warning', diagnostic: describeFalseJson(frame, step, problem) };
  for (const shortcoming of response.shortcomings ?? []) {
    yield { kind: 'warning', diagnostic: describeShortcoming(frame, step, shortcoming) };
  }
  return yield* judge(frame, step, withExchange(scope, exchange, answer), response);
}

/** The scope of a step whose request was sent; before that, none has an exchange. */
function withExchange(scope: Scope, { url, method, request }: Exchange, response?: Exchange['response']): Scope {
  return { exchange: { url, method, request, ...(response && { response }) }, ...scope };
}

/** The path of an absolute URL; parsing the whole of it costs more. */
function pathOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] || '/';
}

function readResponse(response: HttpExchangeResponse): NonNullable<Exchange['response']> {
  return { status: response.status, headers: response.headers, body: readResponseBody(response) };
}

/** Applies the success criteria of a step, then reads its outputs. `response` is absent when the step called a workflow. */
export function* judge(
  frame: Frame,
  step: PlannedStep,
  scope: Scope,
  response?: HttpExchangeResponse,
): Flow<AttemptResult> {
  const reasons = judgeOutcome(step, scope);
  if (reasons.length > 0) return { kind: 'failed', scope, reasons };
  const outputs = new Map<string, unknown>();
  const values: (readonly [string, unknown])[] = [];
  for (const output of step.outputs) {
    const value = evaluateTemplate(output.template, scope);
    outputs.set(output.name, value);
    if (value !== undefined) values.push([output.name, value]);
    else yield { kind: 'warning', diagnostic: describeAbsence(frame, `step "${step.stepId}"`, output, scope) };
    const changed = response && findChangedNumber(value, () => readResponseText(response));
    if (changed !== undefined) yield { kind: 'warning', diagnostic: describeChanged(frame, step, output, changed) };
  }
  return { kind: 'succeeded', scope, outputs, values: Object.fromEntries(values) };
}

function judgeOutcome({ successCriteria }: PlannedStep, scope: Scope): readonly StepFailureReason[] {
  return successCriteria ? testCriteria(successCriteria, scope) : judgeStatus(scope);
}

function testCriteria(criteria: readonly CompiledCriterion[], scope: Scope): readonly StepFailureReason[] {
  return criteria.flatMap((criterion) => {
    const result = criterion.test(scope);
    if (result.kind === 'satisfied') return [];
    const { kind: _, ...reason } = result;
    return { code: 'criterion-failed', ...reason };
  });
}

function judgeStatus({ exchange }: Scope): readonly StepFailureReason[] {
  const status = exchange?.response?.status;
  if (status === undefined || (status >= SUCCESS_STATUS.from && status <= SUCCESS_STATUS.to)) return [];
  const expected = `${SUCCESS_STATUS.from} to ${SUCCESS_STATUS.to}`;
  const message = `The status is ${status}; without success criteria, ${expected} was expected.`;
  return [{ code: 'status-unsuccessful', message, expected, actual: status }];
}

/** The body itself, which may hold secrets, is left to those who show responses. */
function describeFalseJson(frame: Frame, { stepId }: PlannedStep, problem: string): Diagnostic {
  const message = `The response to the step "${stepId}" ${problem}; it is read as text, in which no pointer finds anything.`;
  const finding = {
    code: 'false-content-type',
    severity: 'warning',
    message,
    pointer: pointerOf(frame, stepId),
  } as const;
  return locateFinding(frame.workflow.document.file, finding);
}

function describeShortcoming(frame: Frame, { stepId }: PlannedStep, shortcoming: string): Diagnostic {
  const message = `In the answer that is made up for the step "${stepId}", ${shortcoming}.`;
  const finding = { code: 'unmet-pattern', severity: 'warning', message, pointer: pointerOf(frame, stepId) } as const;
  return locateFinding(frame.workflow.document.file, finding);
}

function pointerOf({ workflow: { workflow } }: Frame, stepId: string): string {
  return workflow.steps.find((candidate) => candidate.stepId === stepId)?.pointer ?? workflow.pointer;
}

/** Says that an output has no value, and why. `owner` is what it is of, as in `step "a"`. */
export function describeAbsence(frame: Frame, owner: string, output: AnalyzedOutput, scope: Scope): Diagnostic {
  const problem = whyAbsent(output.template, scope);
  const reason = problem === undefined ? 'found nothing' : `cannot be evaluated: ${problem}`;
  const message = `The output "${output.name}" of the ${owner} has no value: ${quote(output.text)} ${reason}.`;
  const finding = { code: 'unknown-output', severity: 'warning', message, pointer: output.pointer } as const;
  return locateFinding(frame.workflow.document.file, finding);
}

function describeChanged(
  frame: Frame,
  { stepId }: PlannedStep,
  output: AnalyzedOutput,
  { written, held }: ChangedNumber,
): Diagnostic {
  const message = `The output "${output.name}" of the step "${stepId}" holds ${held} where the answer has ${written}: whole numbers beyond 9007199254740991 cannot all be held exactly.`;
  const finding = { code: 'inexact-number', severity: 'warning', message, pointer: output.pointer } as const;
  return locateFinding(frame.workflow.document.file, finding);
}
