import { neverSent, type RunEvent } from '@gatewright/arazzo';
import { memberNamesBase } from '../dialect.ts';
import { showDiagnostics } from './diagnostics.ts';
import type { Output } from './output.ts';

type Outputs = Readonly<Record<string, unknown>>;

/** What is remembered of a run while it is shown, to say at its end what had been done. */
interface Shown {
  readonly isMock: boolean;
  /** The latest, so that a run of many steps does not fill the memory. */
  readonly succeeded: (OfStep & { readonly outputs: Outputs })[];
  /** How many steps had succeeded before those. */
  forgotten: number;
  /** Sentences about requests that may have taken effect although no step succeeded with them. */
  readonly uncertain: Set<string>;
  /** The step whose request is without a response so far. */
  waiting: OfStep | undefined;
  /** To the latest request. */
  response: Extract<RunEvent, { kind: 'response' }> | undefined;
}

interface OfStep {
  readonly workflowId: string;
  readonly stepId: string;
}

/** So many steps that succeeded are listed when a run fails, and at least half as many when there were more. */
const mostRemembered = 1000;

/**
 * Returns the listener that shows a run as it happens: a line per step, each workflow's outputs, and why it failed.
 *
 * @param isMock Nothing is sent, so nothing is created.
 */
export function createRunView(output: Output, isMock = false): (event: RunEvent) => void {
  const shown: Shown = {
    ...{ isMock, succeeded: [], forgotten: 0, uncertain: new Set<string>() },
    ...{ waiting: undefined, response: undefined },
  };
  return (whole) => {
    if (output.json) {
      output.record(whole);
      return;
    }
    const event = output.masker.maskValue(whole);
    remember(shown, event);
    if (event.kind === 'warning') showDiagnostics(output, [event.diagnostic]);
    else for (const line of formatRunEvent(output, event, shown)) output.line(line);
  };
}

function formatRunEvent(
  output: Output,
  event: Exclude<RunEvent, { kind: 'warning' }>,
  shown: Shown,
): readonly string[] {
  switch (event.kind) {
    case 'workflow-started':
      return ['', output.style('bold', event.workflowId)];
    case 'step-succeeded':
      return [`  ${output.style('green', '✓')} ${formatStep(event, shown)}`];
    case 'step-retrying':
      return [`  ${output.style('yellow', '↻')} ${event.stepId}: again in ${event.afterMilliseconds} ms`];
    case 'step-failed':
      return [
        `  ${output.style('red', '✗')} ${formatStep(event, shown)}`,
        ...event.reasons.map((reason) => `      ${output.style('red', reason.message)}`),
        ...formatAnswer(responseOf(event, shown)),
      ];
    case 'workflow-failed':
      return formatJump(output, event);
    case 'workflow-succeeded':
      return formatOutputs(event.outputs);
    case 'run-failed':
      return formatAlreadyDone(shown);
    case 'run-interrupted':
      return ['', 'Interrupted.', ...formatAlreadyDone(shown)];
    case 'run-started':
    case 'step-started':
    case 'request':
    case 'response':
    case 'run-succeeded':
      return [];
  }
}

/** Why a workflow failed when no step of it tells. */
function formatJump(
  output: Output,
  { stepId = '', reason }: Extract<RunEvent, { kind: 'workflow-failed' }>,
): readonly string[] {
  return reason === undefined
    ? []
    : [`  ${output.style('red', '✗')} after ${stepId}`, `      ${output.style('red', reason)}`];
}

/** Keeps what the end of the run needs to know. */
function remember(shown: Shown, event: RunEvent): void {
  switch (event.kind) {
    case 'step-started':
      shown.response = undefined;
      break;
    case 'request':
      shown.waiting = event;
      break;
    case 'response':
      shown.waiting = undefined;
      shown.response = event;
      break;
    case 'step-succeeded':
      shown.succeeded.push(event);
      if (shown.succeeded.length > mostRemembered) {
        shown.forgotten += shown.succeeded.splice(0, mostRemembered / 2).length;
      }
      break;
    case 'step-failed': {
      const status = responseOf(event, shown)?.status;
      if (status !== undefined && status >= 200 && status <= 299)
        shown.uncertain.add(describeUncertain(event, `answered with ${status}`));
      if (shown.waiting !== undefined && !event.reasons.some(({ code }) => neverSent.has(code))) {
        shown.uncertain.add(describeUncertain(event, 'not answered'));
      }
      shown.waiting = undefined;
      break;
    }
  }
}

function formatStep(step: OfStep & { readonly milliseconds: number }, shown: Shown): string {
  const name = step.stepId.padEnd(26);
  const time = `${Math.round(step.milliseconds)} ms`.padStart(8);
  const response = responseOf(step, shown);
  if (response === undefined) return `${name} ${time}`;
  return `${name} ${response.method.padEnd(6)} ${showPath(response.path).padEnd(52)} ${response.status} ${time}`;
}

/** The response that the latest attempt at the step got. */
function responseOf(step: OfStep, { response }: Shown): Shown['response'] {
  return response?.workflowId === step.workflowId && response.stepId === step.stepId ? response : undefined;
}

/** The base path of a dialect says nothing about the operation. */
function showPath(path: string): string {
  return path.startsWith(`${memberNamesBase}/`) ? path.slice(memberNamesBase.length) : path;
}

const longestAnswer = 500;

/** The body of the answer that a step failed over: what the server had to say is what the user needs to read. */
function formatAnswer(response: Shown['response']): readonly string[] {
  if (response?.body === undefined) return [];
  const text = typeof response.body === 'string' ? response.body : JSON.stringify(response.body);
  return text === '' ? [] : [`      answer: ${text.slice(0, longestAnswer)}`];
}

function formatOutputs(outputs: Outputs): readonly string[] {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return Object.entries(outputs).map(([name, value]) => `    ${name.padEnd(width)}  ${formatValue(value)}`);
}

function formatAlreadyDone({ isMock, succeeded, forgotten, uncertain, waiting }: Shown): readonly string[] {
  if (isMock) return ['', 'The answers were made up: nothing was sent.'];
  if (waiting !== undefined) uncertain.add(describeUncertain(waiting, 'not answered'));
  if (succeeded.length === 0 && uncertain.size === 0) return ['', 'No step had succeeded: nothing was created.'];
  return ['', ...formatSucceeded(succeeded, forgotten), ...uncertain];
}

function formatSucceeded(succeeded: Shown['succeeded'], forgotten: number): readonly string[] {
  if (succeeded.length === 0) return [];
  return [
    'These steps had succeeded, and what they created is still there:',
    ...(forgotten > 0 ? [`  (${forgotten} steps before these)`] : []),
    ...succeeded.flatMap(({ workflowId, stepId, outputs }) => [`  ${workflowId}/${stepId}`, ...formatOutputs(outputs)]),
  ];
}

function describeUncertain({ workflowId, stepId }: OfStep, how: string): string {
  return `The request of ${workflowId}/${stepId} was sent and ${how}: it may have taken effect.`;
}

function formatValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
