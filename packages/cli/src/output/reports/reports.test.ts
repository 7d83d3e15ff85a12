import type { RunEvent } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { version } from '../../version.ts';
import { formatHar } from './har.ts';
import { formatJson } from './json.ts';
import { formatJUnit } from './junit.ts';
import { createRunRecorder, type PlannedSteps, type RunRecord } from './run-record.ts';

/** What happened, a second after each other, from the beginning of 2024. */
function record(events: readonly RunEvent[], planned: PlannedSteps = { order: [], workflows: new Map() }): RunRecord {
  let time = Date.UTC(2024, 0, 1);
  const recorder = createRunRecorder(planned, () => time);
  for (const event of events) {
    time += 1000;
    recorder.observe(event);
  }
  return recorder.record();
}

const at = (workflowId: string, stepId: string) => ({ workflowId, stepId });
const started = (workflowId: string, stepId: string, attempt = 1): RunEvent => ({
  kind: 'step-started',
  ...at(workflowId, stepId),
  attempt,
});
const request = (workflowId: string, stepId: string, body?: unknown): RunEvent => ({
  kind: 'request',
  ...at(workflowId, stepId),
  method: 'POST',
  url: 'http://pets.test/pets?a=b',
  headers: { 'content-type': 'application/json' },
  ...(body !== undefined && { body }),
});
const response = (workflowId: string, stepId: string, status: number): RunEvent => ({
  kind: 'response',
  ...at(workflowId, stepId),
  ...{ method: 'POST', url: 'http://pets.test/pets?a=b', path: '/pets', status, milliseconds: 20 },
  headers: { 'content-type': ['application/json'], location: ['/pets/1'] },
  body: { id: 1 },
});
const failed = (workflowId: string, stepId: string, message = 'It is <409> & "not" 201.\u0000'): RunEvent => ({
  kind: 'step-failed',
  ...at(workflowId, stepId),
  reasons: [{ code: 'criterion-failed', message, expected: 201, actual: 409 }],
  milliseconds: 30,
});
const succeeded = (workflowId: string, stepId: string): RunEvent => ({
  kind: 'step-succeeded',
  ...at(workflowId, stepId),
  outputs: { id: 1 },
  milliseconds: 25,
});

const failing: readonly RunEvent[] = [
  { kind: 'run-started', document: 'file:///pets.yaml', workflowIds: ['outer'] },
  { kind: 'workflow-started', workflowId: 'outer' },
  started('outer', 'call'),
  { kind: 'workflow-started', workflowId: 'inner' },
  started('inner', 'create'),
  request('inner', 'create', { name: 'Rex' }),
  response('inner', 'create', 409),
  failed('inner', 'create', 'Not yet.'),
  { kind: 'step-retrying', ...at('inner', 'create'), afterMilliseconds: 5, attempt: 2 },
  started('inner', 'create', 2),
  request('inner', 'create', { name: 'Rex' }),
  response('inner', 'create', 201),
  succeeded('inner', 'create'),
  { kind: 'workflow-succeeded', workflowId: 'inner', outputs: { id: 1 } },
  succeeded('outer', 'call'),
  started('outer', 'again'),
  request('outer', 'again'),
  response('outer', 'again', 409),
  failed('outer', 'again'),
  { kind: 'workflow-failed', workflowId: 'outer', stepId: 'again', outputs: {} },
  { kind: 'run-failed', reason: 'The step "again" failed.' },
];

const interrupted: readonly RunEvent[] = [
  { kind: 'workflow-started', workflowId: 'w' },
  started('w', 'a'),
  request('w', 'a'),
  { kind: 'run-interrupted' },
];

describe('the record of a run', () => {
  it('has workflows, called ones too, with their steps, attempts and exchanges', () => {
    const [outer, inner] = record(failing).workflows;
    expect(outer).toMatchObject({
      workflowId: 'outer',
      outcome: 'failed',
      steps: [
        { stepId: 'call', outcome: 'succeeded', attempts: 1, exchanges: [] },
        { stepId: 'again', outcome: 'failed', attempts: 1, reasons: [{ code: 'criterion-failed', expected: 201 }] },
      ],
    });
    expect(inner).toEqual({
      workflowId: 'inner',
      outcome: 'succeeded',
      startedAt: Date.UTC(2024, 0, 1, 0, 0, 4),
      outputs: { id: 1 },
      notReached: [],
      steps: [
        {
          ...{ stepId: 'create', outcome: 'succeeded', attempts: 2, milliseconds: 55, reasons: [], outputs: { id: 1 } },
          exchanges: [409, 201].map((status) => ({
            startedAt: expect.any(Number),
            request: {
              method: 'POST',
              url: 'http://pets.test/pets?a=b',
              headers: { 'content-type': 'application/json' },
              body: { name: 'Rex' },
            },
            response: {
              status,
              headers: { 'content-type': ['application/json'], location: ['/pets/1'] },
              body: { id: 1 },
              milliseconds: 20,
            },
          })),
        },
      ],
    });
  });

  it('tells what was under way when the run was interrupted, or ended for reasons of ours', () => {
    expect(record(interrupted)).toMatchObject({
      outcome: 'interrupted',
      workflows: [{ outcome: 'interrupted', steps: [{ stepId: 'a', outcome: 'interrupted', exchanges: [{}] }] }],
    });
    expect(record(interrupted.slice(0, 2))).toMatchObject({
      outcome: 'unfinished',
      workflows: [{ outcome: 'unfinished', steps: [{ stepId: 'a', outcome: 'unfinished' }] }],
    });
  });

  it('takes a step that a jump comes back to as another', () => {
    const visit = [started('w', 'a'), succeeded('w', 'a')];
    const { workflows } = record([{ kind: 'workflow-started', workflowId: 'w' }, ...visit, ...visit]);
    expect(workflows[0]?.steps.map(({ stepId, attempts }) => [stepId, attempts])).toEqual([
      ['a', 1],
      ['a', 1],
    ]);
  });
});

describe('a JSON report', () => {
  it('is the record', () => {
    const written = record(failing);
    expect(JSON.parse(formatJson(written))).toEqual({ gatewright: version, ...written });
  });
});

describe('a JUnit report', () => {
  it('has a test suite per workflow and a test case per step', () => {
    expect(formatJUnit(record(failing))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="file:///pets.yaml" tests="3" failures="1" errors="0" skipped="0" time="21.000">
  <testsuite name="outer" tests="2" failures="1" errors="0" skipped="0" time="0.055" timestamp="2024-01-01T00:00:02">
    <testcase name="call" classname="outer" time="0.025"/>
    <testcase name="again" classname="outer" time="0.030">
      <failure message="It is &#60;409&#62; &#38; &#34;not&#34; 201.\ufffd" type="criterion-failed">It is &#60;409&#62; &#38; &#34;not&#34; 201.\ufffd</failure>
    </testcase>
  </testsuite>
  <testsuite name="inner" tests="1" failures="0" errors="0" skipped="0" time="0.055" timestamp="2024-01-01T00:00:04">
    <testcase name="create" classname="inner" time="0.055"/>
  </testsuite>
</testsuites>
`);
  });

  it('has what was not answered as an error', () => {
    const reasons = [{ code: 'connection-refused' as const, message: 'It refused.' }];
    const refused: RunEvent = { kind: 'step-failed', ...at('w', 'a'), reasons, milliseconds: 1 };
    const text = formatJUnit(record([...interrupted.slice(0, 3), refused]));
    expect(text).toContain('<error message="It refused." type="connection-refused">It refused.</error>');
    expect(formatJUnit(record(interrupted))).toContain(
      '<error message="The run ended before the step did." type="interrupted">The run ended before the step did.</error>',
    );
  });
});

describe('a run that ended before all of its steps', () => {
  const steps = (...ids: readonly string[]) => ({ steps: ids.map((stepId) => ({ stepId })) });
  const ended = record(failing, {
    order: ['outer', 'later'],
    workflows: new Map([
      ['outer', steps('call', 'skipped', 'again', 'last')],
      ['inner', steps('create')],
      ['later', steps('first', 'second')],
      ['called later', steps('never')],
    ]),
  });

  it('tells the steps that were not reached, and the workflows that did not begin', () => {
    expect(ended.workflows.map(({ workflowId, notReached }) => [workflowId, notReached])).toEqual([
      ['outer', ['skipped', 'last']],
      ['inner', []],
    ]);
    expect(ended.notBegun).toEqual([{ workflowId: 'later', notReached: ['first', 'second'] }]);
  });

  it('has them as skipped test cases in JUnit', () => {
    const text = formatJUnit(ended);
    expect(text).toContain('<testsuites name="file:///pets.yaml" tests="7" failures="1" errors="0" skipped="4" ');
    expect(text).toContain('<testsuite name="outer" tests="4" failures="1" errors="0" skipped="2" ');
    expect(text).toContain(`    <testcase name="last" classname="outer" time="0.000">
      <skipped message="The step was not reached."/>
    </testcase>
  </testsuite>`);
    expect(text).toContain(`  <testsuite name="later" tests="2" failures="0" errors="0" skipped="2" time="0.000">
    <testcase name="first" classname="later" time="0.000">
      <skipped message="The workflow did not begin."/>
    </testcase>`);
  });
});

it('has no failure in JUnit for a step that its actions dealt with, since the run succeeded', () => {
  const reasons = [{ code: 'status-unsuccessful' as const, message: 'The status is 404.' }];
  const text = formatJUnit(
    record([
      { kind: 'workflow-started', workflowId: 'w' },
      started('w', 'a'),
      { kind: 'step-failed', ...at('w', 'a'), reasons, milliseconds: 1 },
      started('w', 'b'),
      succeeded('w', 'b'),
      { kind: 'workflow-succeeded', workflowId: 'w', outputs: {} },
      { kind: 'run-succeeded', outputs: { w: {} } },
    ]),
  );
  expect(text).toContain('tests="2" failures="0" errors="0"');
  expect(text).toContain('<system-out>The status is 404.</system-out>');
});

describe('a run that ended on the way to another workflow', () => {
  const reason = 'The input "id" of the workflow "next" is "x" (string); the type integer was expected.';
  const refused = record([
    { kind: 'workflow-started', workflowId: 'w' },
    started('w', 'a'),
    succeeded('w', 'a'),
    { kind: 'workflow-failed', workflowId: 'w', stepId: 'a', outputs: {}, reason },
    { kind: 'run-failed', reason: `The step "a" failed: ${reason}` },
  ]);

  it('tells the reason of the workflow', () => {
    expect(refused.workflows).toMatchObject([{ outcome: 'failed', reason, steps: [{ outcome: 'succeeded' }] }]);
  });

  it('has a test case of its own for it in JUnit, so that the run is not taken for a success', () => {
    const text = formatJUnit(refused);
    expect(text).toContain('tests="2" failures="0" errors="1"');
    expect(text).toContain('<testcase name="after a" classname="w" time="0.000">');
    expect(text).toContain('type="input-invalid">The input &#34;id&#34;');
  });
});

describe('a HAR report', () => {
  it('has every request in the order it was sent', () => {
    const { log } = JSON.parse(formatHar(record([...failing, ...interrupted])));
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'gatewright', version } });
    expect(log.entries.map((entry: Record<string, unknown>) => entry.comment)).toEqual([
      'inner/create',
      'inner/create',
      'outer/again',
      'w/a',
    ]);
    expect(log.entries[0]).toEqual({
      startedDateTime: '2024-01-01T00:00:06.000Z',
      time: 20,
      request: {
        method: 'POST',
        url: 'http://pets.test/pets?a=b',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [{ name: 'content-type', value: 'application/json' }],
        queryString: [{ name: 'a', value: 'b' }],
        postData: { mimeType: 'application/json', text: '{"name":"Rex"}' },
        headersSize: -1,
        bodySize: -1,
      },
      response: {
        status: 409,
        statusText: 'Conflict',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [
          { name: 'content-type', value: 'application/json' },
          { name: 'location', value: '/pets/1' },
        ],
        content: { size: 8, mimeType: 'application/json', text: '{"id":1}' },
        redirectURL: '/pets/1',
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: { send: 0, wait: 20, receive: 0 },
      comment: 'inner/create',
    });
    expect(log.entries[3].response).toMatchObject({ status: 0, content: { size: 0 } });
  });
});
