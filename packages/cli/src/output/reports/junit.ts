import type { StepFailureCode } from '@gatewright/arazzo';
import type { NotBegun, RunRecord, StepRecord, WorkflowRecord } from './run-record.ts';

/** What a step's answer did not satisfy; other codes are errors: the answer was never judged. */
const judged: ReadonlySet<StepFailureCode> = new Set(['criterion-failed', 'status-unsuccessful', 'workflow-failed']);

/**
 * JUnit XML as continuous integration reads it: a test suite per workflow, a test case per step. Criteria that are not
 * satisfied are failures; requests that were not answered, or not sent, are errors; steps that were not reached are skipped,
 * those of workflows that did not begin too.
 */
export function formatJUnit(record: RunRecord): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: record.document, ...count(record.workflows, record.notBegun), time: seconds(record.milliseconds) })}>`,
    ...record.workflows.flatMap(formatSuite),
    ...record.notBegun.flatMap(formatNotBegun),
    '</testsuites>',
    '',
  ].join('\n');
}

function formatSuite(workflow: WorkflowRecord): readonly string[] {
  const { workflowId, steps, notReached, startedAt, reason } = workflow;
  const time = seconds(steps.reduce((sum, step) => sum + step.milliseconds, 0));
  const timestamp = new Date(startedAt).toISOString().replace(/\.\d+Z$/, '');
  return [
    `  <testsuite${attributes({ name: workflowId, ...count([workflow]), time, timestamp })}>`,
    ...steps.flatMap((step) => formatCase(workflowId, step)),
    ...(reason === undefined ? [] : formatJump(workflow, reason)),
    ...notReached.flatMap((stepId) => formatSkipped(workflowId, stepId, 'The step was not reached.')),
    '  </testsuite>',
  ];
}

function formatNotBegun({ workflowId, notReached }: NotBegun): readonly string[] {
  return [
    `  <testsuite${attributes({ name: workflowId, ...count([], [{ workflowId, notReached }]), time: seconds(0) })}>`,
    ...notReached.flatMap((stepId) => formatSkipped(workflowId, stepId, 'The workflow did not begin.')),
    '  </testsuite>',
  ];
}

function formatSkipped(workflowId: string, stepId: string, message: string): readonly string[] {
  return [
    `    <testcase${attributes({ name: stepId, classname: workflowId, time: seconds(0) })}>`,
    `      <skipped${attributes({ message })}/>`,
    '    </testcase>',
  ];
}

function formatCase(workflowId: string, step: StepRecord): readonly string[] {
  const head = `    <testcase${attributes({ name: step.stepId, classname: workflowId, time: seconds(step.milliseconds) })}`;
  const problem = formatProblem(step);
  return problem === undefined ? [`${head}/>`] : [`${head}>`, problem, '    </testcase>'];
}

/** A case of its own for the jump that failed after the last step, which succeeded or failed for itself. */
function formatJump({ workflowId, steps }: WorkflowRecord, reason: string): readonly string[] {
  const name = `after ${steps.at(-1)?.stepId ?? ''}`;
  const message = attributes({ message: reason, type: 'input-invalid' });
  return [
    `    <testcase${attributes({ name, classname: workflowId, time: seconds(0) })}>`,
    `      <error${message}>${escapeText(reason)}</error>`,
    '    </testcase>',
  ];
}

function formatProblem(step: StepRecord): string | undefined {
  if (step.outcome === 'succeeded') return undefined;
  const element = isFailure(step) ? 'failure' : 'error';
  const [first] = step.reasons;
  if (first === undefined) {
    return `      <error${attributes({ message: 'The run ended before the step did.', type: step.outcome })}/>`;
  }
  const text = step.reasons.map(({ message }) => message).join('\n');
  return `      <${element}${attributes({ message: first.message, type: first.code })}>${escapeText(text)}</${element}>`;
}

function isFailure({ reasons }: StepRecord): boolean {
  return reasons.length > 0 && reasons.every(({ code }) => judged.has(code));
}

function count(
  workflows: readonly WorkflowRecord[],
  notBegun: readonly NotBegun[] = [],
): {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
} {
  const steps = workflows.flatMap((workflow) => workflow.steps);
  const jumps = workflows.filter(({ reason }) => reason !== undefined).length;
  const unsuccessful = steps.filter(({ outcome }) => outcome !== 'succeeded');
  const failures = unsuccessful.filter(isFailure).length;
  const skipped = [...workflows, ...notBegun].reduce((sum, { notReached }) => sum + notReached.length, 0);
  const tests = steps.length + jumps + skipped;
  return { tests, failures, errors: unsuccessful.length - failures + jumps, skipped };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeText(String(value))}"`)
    .join('');
}

/** Without the characters that XML 1.0 §2.2 does not allow. */
function escapeText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
