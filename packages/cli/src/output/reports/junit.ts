import type { StepFailureCode } from '@gatewright/arazzo';
import type { RunRecord, StepRecord, WorkflowRecord } from './run-record.ts';

/** What a step's answer did not satisfy; other codes are errors: the answer was never judged. */
const judged: ReadonlySet<StepFailureCode> = new Set(['criterion-failed', 'status-unsuccessful', 'workflow-failed']);

/**
 * JUnit XML as continuous integration reads it: a test suite per workflow, a test case per step. Criteria that are not
 * satisfied are failures; requests that were not answered, or not sent, are errors; steps that were not reached are skipped,
 * those of workflows that did not begin too. A step that failed in a workflow or a run that succeeded is neither failure nor
 * error, since its actions dealt with it: what went wrong is its output.
 */
export function formatJUnit(record: RunRecord): string {
  const suites = [
    ...record.workflows.map((workflow) => suiteOf(workflow, record.outcome)),
    ...record.notBegun.map(({ workflowId, notReached }): Suite => {
      return { name: workflowId, cases: notReached.map((stepId) => skip(stepId, 'The workflow did not begin.')) };
    }),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: record.document, ...count(all), time: seconds(record.milliseconds) })}>`,
    ...suites.flatMap(formatSuite),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  /** Absent when it did not begin. */
  readonly startedAt?: number;
  readonly cases: readonly TestCase[];
}

interface TestCase {
  readonly name: string;
  readonly milliseconds: number;
  readonly problem?: Problem;
}

interface Problem {
  readonly element: 'failure' | 'error' | 'skipped' | 'system-out';
  /** Of a failure or an error. */
  readonly type?: string;
  /** One sentence for each reason. */
  readonly messages: readonly string[];
}

function suiteOf(workflow: WorkflowRecord, outcome: RunRecord['outcome']): Suite {
  const { workflowId: name, steps, notReached, startedAt, reason } = workflow;
  const isDealtWith = outcome === 'succeeded' || workflow.outcome === 'succeeded';
  const judge = (problem: Problem): Problem => (isDealtWith ? { ...problem, element: 'system-out' } : problem);
  const cases = steps.map((step): TestCase => {
    const { stepId, milliseconds } = step;
    if (step.outcome === 'succeeded') return { name: stepId, milliseconds };
    return { name: stepId, milliseconds, problem: judge(describeProblem(step)) };
  });
  if (reason !== undefined) {
    // The jump failed after the last step, which succeeded or failed for itself.
    const problem = judge({ element: 'error', type: 'input-invalid', messages: [reason] });
    cases.push({ name: `after ${steps.at(-1)?.stepId ?? ''}`, milliseconds: 0, problem });
  }
  return {
    name,
    startedAt,
    cases: [...cases, ...notReached.map((stepId) => skip(stepId, 'The step was not reached.'))],
  };
}

function skip(name: string, message: string): TestCase {
  return { name, milliseconds: 0, problem: { element: 'skipped', messages: [message] } };
}

function describeProblem({ outcome, reasons }: StepRecord): Problem {
  const [first] = reasons;
  if (first === undefined) {
    return { element: 'error', type: outcome, messages: ['The run ended before the step did.'] };
  }
  const element = reasons.every(({ code }) => judged.has(code)) ? 'failure' : 'error';
  return { element, type: first.code, messages: reasons.map(({ message }) => message) };
}

function formatSuite({ name, startedAt, cases }: Suite): readonly string[] {
  const time = seconds(cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const timestamp = startedAt === undefined ? undefined : new Date(startedAt).toISOString().replace(/\.\d+Z$/, '');
  return [
    `  <testsuite${attributes({ name, ...count(cases), time, ...(timestamp !== undefined && { timestamp }) })}>`,
    ...cases.flatMap((one) => formatCase(name, one)),
    '  </testsuite>',
  ];
}

function formatCase(workflowId: string, { name, milliseconds, problem }: TestCase): readonly string[] {
  const head = `    <testcase${attributes({ name, classname: workflowId, time: seconds(milliseconds) })}`;
  return problem === undefined ? [`${head}/>`] : [`${head}>`, `      ${formatProblem(problem)}`, '    </testcase>'];
}

function formatProblem({ element, type, messages }: Problem): string {
  const [message = ''] = messages;
  const text = escapeText(messages.join('\n'));
  if (element === 'system-out') return `<system-out>${text}</system-out>`;
  if (element === 'skipped') return `<skipped${attributes({ message })}/>`;
  return `<${element}${attributes({ message, ...(type !== undefined && { type }) })}>${text}</${element}>`;
}

function count(cases: readonly TestCase[]): {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
} {
  const having = (element: Problem['element']) => cases.filter(({ problem }) => problem?.element === element).length;
  return {
    ...{ tests: cases.length, failures: having('failure') },
    ...{ errors: having('error'), skipped: having('skipped') },
  };
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
