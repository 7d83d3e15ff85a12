import type { RunEvent, StepFailureCode } from '@gatewright/arazzo';
import { memberNamesBase } from '../compose/aws-binding.ts';
import { showDiagnostics } from './diagnostics.ts';
import type { Output } from './output.ts';

type Outputs = Readonly<Record<string, unknown>>;

/** What is remembered of a run while it is shown, to say at its end what had been done. */
interface Shown {
  readonly succeeded: { readonly workflowId: string; readonly stepId: string; readonly outputs: Outputs }[];
  lastResponse: Extract<RunEvent, { kind: 'response' }> | undefined;
  /** The step whose request was sent and is not answered: nobody knows whether it took effect. */
  unanswered: string | undefined;
}

/** Failures after which a request is known not to have arrived. */
const neverSent: ReadonlySet<StepFailureCode> = new Set(['connection-refused', 'host-not-found', 'request-invalid']);

/** Returns the listener that shows a run as it happens: a line per step, each workflow's outputs, and why it failed. */
export function createRunView(output: Output): (event: RunEvent) => void {
  const shown: Shown = { succeeded: [], lastResponse: undefined, unanswered: undefined };
  return (event) => {
    output.record(event);
    if (event.kind === 'warning') {
      if (!output.json) showDiagnostics(output, [event.diagnostic]);
      return;
    }
    if (!output.json) for (const line of formatRunEvent(output, event, shown)) output.line(line);
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
    case 'request':
      shown.unanswered = `${event.workflowId}/${event.stepId}`;
      return [];
    case 'response':
      shown.lastResponse = event;
      shown.unanswered = undefined;
      return [];
    case 'step-succeeded':
      shown.succeeded.push(event);
      return [`  ${output.style('green', '✓')} ${formatStep(event, shown)}`];
    case 'step-retrying':
      return [`  ${output.style('yellow', '↻')} ${event.stepId}: again in ${event.afterMilliseconds} ms`];
    case 'step-failed':
      if (event.reasons.some(({ code }) => neverSent.has(code))) shown.unanswered = undefined;
      return [
        `  ${output.style('red', '✗')} ${formatStep(event, shown)}`,
        ...event.reasons.map((reason) => `      ${output.style('red', reason.message)}`),
        ...formatAnswer(shown.lastResponse, event.stepId),
      ];
    case 'workflow-succeeded':
      return formatOutputs(event.outputs);
    case 'workflow-failed':
      return formatAlreadyDone(shown);
    case 'run-interrupted':
      return ['', 'Interrupted.', ...formatAlreadyDone(shown)];
    case 'run-started':
    case 'step-started':
    case 'run-succeeded':
    case 'run-failed':
      return [];
  }
}

function formatStep(step: { stepId: string; milliseconds: number }, { lastResponse }: Shown): string {
  const name = step.stepId.padEnd(26);
  const time = `${Math.round(step.milliseconds)} ms`.padStart(8);
  if (lastResponse?.stepId !== step.stepId) return `${name} ${time}`;
  return `${name} ${lastResponse.method.padEnd(6)} ${showPath(lastResponse.path).padEnd(52)} ${lastResponse.status} ${time}`;
}

/** The base path of a dialect says nothing about the operation. */
function showPath(path: string): string {
  return path.startsWith(`${memberNamesBase}/`) ? path.slice(memberNamesBase.length) : path;
}

const longestAnswer = 500;

/** The body of the answer that a step failed over: what the server had to say is what the user needs to read. */
function formatAnswer(response: Shown['lastResponse'], stepId: string): readonly string[] {
  if (response?.stepId !== stepId || response.body === undefined) return [];
  const text = typeof response.body === 'string' ? response.body : JSON.stringify(response.body);
  return text === '' ? [] : [`      answer: ${text.slice(0, longestAnswer)}`];
}

function formatOutputs(outputs: Outputs): readonly string[] {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return Object.entries(outputs).map(([name, value]) => `    ${name.padEnd(width)}  ${formatValue(value)}`);
}

function formatAlreadyDone({ succeeded, unanswered }: Shown): readonly string[] {
  return ['', ...formatSucceeded(succeeded, unanswered === undefined), ...formatUnanswered(unanswered)];
}

function formatSucceeded(succeeded: Shown['succeeded'], isAllKnown: boolean): readonly string[] {
  if (succeeded.length === 0) return isAllKnown ? ['No step had succeeded: nothing was created.'] : [];
  return [
    'These steps had succeeded, and what they created is still there:',
    ...succeeded.flatMap(({ workflowId, stepId, outputs }) => [`  ${workflowId}/${stepId}`, ...formatOutputs(outputs)]),
  ];
}

function formatUnanswered(step: string | undefined): readonly string[] {
  return step === undefined ? [] : [`The request of ${step} was sent and not answered: it may have taken effect.`];
}

function formatValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
