import type { RunEvent } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { recordOutput } from './output.contract.ts';
import { createRunView } from './run-events.ts';

const workflowId = 'build';
const response = (stepId: string, status: number, body?: unknown): RunEvent => ({
  kind: 'response',
  workflowId,
  stepId,
  method: 'POST',
  url: 'http://127.0.0.1:4610/v2/apis',
  path: '/v2/apis',
  status,
  headers: {},
  ...(body !== undefined && { body }),
  milliseconds: 11.6,
});

function show(events: readonly RunEvent[]): readonly string[] {
  const output = recordOutput();
  const view = createRunView(output);
  for (const event of events) view(event);
  return output.stdout.join('').split('\n').slice(0, -1);
}

const created: readonly RunEvent[] = [
  { kind: 'workflow-started', workflowId },
  response('createApi', 201),
  { kind: 'step-succeeded', workflowId, stepId: 'createApi', outputs: { apiId: 'a1b2c3d4e5' }, milliseconds: 12 },
];

describe('the view of a run', () => {
  it('shows a line per step and the outputs of the workflow', () => {
    expect(
      show([...created, { kind: 'workflow-succeeded', workflowId, outputs: { apiId: 'a1b2c3d4e5', id: 7 } }]),
    ).toEqual([
      '',
      'build',
      `  ✓ ${'createApi'.padEnd(26)} POST   ${'/v2/apis'.padEnd(52)} 201    12 ms`,
      '    apiId  a1b2c3d4e5',
      '    id     7',
    ]);
  });

  it('shows why a step failed, what the server answered, and what had been created before', () => {
    const reasons = [{ code: 'criterion-failed' as const, message: 'Expected $statusCode == 201, got 409.' }];
    const lines = show([
      ...created,
      response('createRoute', 409, { Message: 'It exists.' }),
      { kind: 'step-failed', workflowId, stepId: 'createRoute', reasons, milliseconds: 3 },
      { kind: 'workflow-failed', workflowId, stepId: 'createRoute', outputs: {} },
      { kind: 'run-failed', reason: 'The step "createRoute" failed.' },
    ]);
    expect(lines.slice(3)).toEqual([
      `  ✗ ${'createRoute'.padEnd(26)} POST   ${'/v2/apis'.padEnd(52)} 409     3 ms`,
      '      Expected $statusCode == 201, got 409.',
      '      answer: {"Message":"It exists."}',
      '',
      'These steps had succeeded, and what they created is still there:',
      '  build/createApi',
      '    apiId  a1b2c3d4e5',
    ]);
  });

  it('shows why what a step led to cannot begin, which no step tells', () => {
    const reason = 'The input "id" of the workflow "next" is "x" (string); the type integer was expected.';
    const lines = show([
      ...created,
      { kind: 'workflow-failed', workflowId, stepId: 'createApi', outputs: {}, reason },
      { kind: 'run-failed', reason: `The step "createApi" failed: ${reason}` },
    ]);
    expect(lines.slice(3, 5)).toEqual(['  ✗ after createApi', `      ${reason}`]);
  });

  it('lists the latest of very many steps that had succeeded, and counts those before', () => {
    const many = Array.from({ length: 1500 }, (_, index): RunEvent => {
      return { kind: 'step-succeeded', workflowId, stepId: `s${index}`, outputs: {}, milliseconds: 1 };
    });
    const lines = show([...many, { kind: 'run-failed', reason: 'It failed.' }]);
    expect(lines.slice(1501, 1505)).toEqual([
      'These steps had succeeded, and what they created is still there:',
      '  (500 steps before these)',
      '  build/s500',
      '  build/s501',
    ]);
    expect(lines.at(-1)).toBe('  build/s1499');
  });

  it('says that nothing was created when the first step fails', () => {
    const failed: RunEvent = { kind: 'run-failed', reason: 'It failed.' };
    expect(show([{ kind: 'workflow-failed', workflowId, outputs: {} }, failed])).toEqual([
      '',
      'No step had succeeded: nothing was created.',
    ]);
  });

  it('says that a request which was not answered may have taken effect', () => {
    const sent: RunEvent = { kind: 'request', workflowId, stepId: 'createApi', method: 'POST', url: 'x', headers: {} };
    expect(show([sent, { kind: 'run-interrupted' }])).toEqual([
      '',
      'Interrupted.',
      '',
      'The request of build/createApi was sent and not answered: it may have taken effect.',
    ]);
    const reasons = [{ code: 'connection-refused' as const, message: 'It refused the connection.' }];
    expect(
      show([
        sent,
        { kind: 'step-failed', workflowId, stepId: 'createApi', reasons, milliseconds: 1 },
        { kind: 'run-failed', reason: 'The step "createApi" failed.' },
      ]).at(-1),
    ).toBe('No step had succeeded: nothing was created.');
  });

  it('says that a request which was answered with success may have taken effect although its step failed', () => {
    const reasons = [{ code: 'criterion-failed' as const, message: 'Expected $statusCode == 200, got 201.' }];
    const lines = show([
      response('createApi', 201),
      { kind: 'step-failed', workflowId, stepId: 'createApi', reasons, milliseconds: 1 },
      { kind: 'run-failed', reason: 'The step "createApi" failed.' },
    ]);
    expect(lines.slice(2)).toEqual([
      '',
      'The request of build/createApi was sent and answered with 201: it may have taken effect.',
    ]);
  });

  it('does not show the answer to an earlier attempt as the answer to a later one', () => {
    const stepId = 'createApi';
    const attempt = (number: number): readonly RunEvent[] => [
      { kind: 'step-started', workflowId, stepId, attempt: number },
      { kind: 'request', workflowId, stepId, method: 'POST', url: 'x', headers: {} },
    ];
    const failed = (code: 'criterion-failed' | 'timed-out'): RunEvent => {
      return { kind: 'step-failed', workflowId, stepId, reasons: [{ code, message: 'It failed.' }], milliseconds: 1 };
    };
    const lines = show([
      ...attempt(1),
      response(stepId, 503, 'busy'),
      failed('criterion-failed'),
      ...attempt(2),
      failed('timed-out'),
    ]);
    expect(lines.slice(3)).toEqual([`  ✗ ${stepId.padEnd(26)}     1 ms`, '      It failed.']);
  });

  it('tells once, at the end of the run, what was created, however many workflows fail on the way', () => {
    const lines = show([
      ...created,
      { kind: 'workflow-failed', workflowId: 'called', stepId: 'pay', outputs: {} },
      { kind: 'workflow-failed', workflowId, stepId: 'call', outputs: {} },
      { kind: 'run-failed', reason: 'The step "call" failed.' },
    ]);
    expect(lines.filter((line) => line.startsWith('These steps'))).toHaveLength(1);
  });

  it('says of a mock that nothing was sent', () => {
    const output = recordOutput();
    const view = createRunView(output, true);
    for (const event of created) view(event);
    view({ kind: 'run-failed', reason: 'It failed.' });
    expect(output.stdout.at(-1)).toBe('The answers were made up: nothing was sent.\n');
  });

  it('gives programs every event as it is', () => {
    const output = recordOutput({ json: true });
    const view = createRunView(output);
    for (const event of created) view(event);
    expect(output.stdout.map((line) => JSON.parse(line))).toEqual(created);
  });
});
