import type { Diagnostic, PreviewedRequest, RunEvent } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { showDiagnostics } from './diagnostics.ts';
import { showFailure } from './failure.ts';
import { createGatewayView } from './gateway-events.ts';
import { showNextSteps } from './next-steps.ts';
import { recordOutput } from './output.contract.ts';
import type { Output } from './output.ts';
import { showPreview } from './preview.ts';
import { createRunView } from './run-events.ts';

const secret = 'hunter2!';
const place = { workflowId: 'w', stepId: 'a' };
const headers = { authorization: 'Bearer not-registered' };

const events: readonly RunEvent[] = [
  { kind: 'workflow-started', workflowId: 'w' },
  {
    kind: 'request',
    ...place,
    method: 'POST',
    url: `http://x/?key=${encodeURIComponent(secret)}`,
    headers,
    body: { secret },
  },
  {
    ...{
      kind: 'response',
      ...place,
      method: 'POST',
      url: 'http://x/',
      path: `/${secret}`,
      status: 400,
      milliseconds: 1,
    },
    ...{ headers: { 'set-cookie': ['sid=1'] }, body: { echo: `you sent ${secret} and not-registered` } },
  },
  {
    kind: 'step-failed',
    ...place,
    milliseconds: 1,
    reasons: [{ code: 'criterion-failed', message: `Got "${secret}".`, actual: secret }],
  },
  { kind: 'step-succeeded', ...place, stepId: 'b', milliseconds: 1, outputs: { password: secret } },
  { kind: 'workflow-succeeded', workflowId: 'w', outputs: { password: secret } },
  { kind: 'run-failed', reason: secret },
];

const diagnostic: Diagnostic = {
  ...{ code: 'invalid-input', severity: 'error', url: 'file:///a.yaml', pointer: '' },
  ...{ message: `The input "p" is "${secret}".`, start: { line: 1, column: 1 }, sourceLine: `default: ${secret}` },
};

const request: PreviewedRequest = {
  ...{
    kind: 'planned-request',
    ...place,
    method: 'GET',
    url: `http://x/${secret}`,
    headers: { ...headers, cookie: 'sid=1' },
  },
  ...{ body: { secret } },
};

describe.each([false, true])('no kind of output shows a secret (JSON: %s)', (json) => {
  it.each<[string, (output: Output) => void]>([
    ['a run', (output) => events.forEach(createRunView(output))],
    ['a warning in a run', (output) => createRunView(output)({ kind: 'warning', diagnostic })],
    ['diagnostics', (output) => showDiagnostics(output, [diagnostic])],
    ['a refusal', (output) => showFailure(output, new CommandError(exitCode.badInput, `It is "${secret}".`))],
    ['a fault', (output) => showFailure(output, new Error(secret))],
    ['requests ahead of a run', (output) => showPreview(output, [request])],
    ['what a gateway tells', (output) => createGatewayView(output)({ kind: 'gateway-fault', reason: secret })],
    [
      'what to try next',
      (output) => showNextSteps(output, { gateway: 'http://x', region: 'us-east-1', apiEndpoint: `ws://x/${secret}` }),
    ],
    [
      'what is ready',
      (output) => output.record({ kind: 'ready', outputs: { w: secret }, workflows: { w: { w: secret } } }),
    ],
  ])('%s', (_case, show) => {
    const output = recordOutput({ json });
    output.masker.conceal([secret]);
    show(output);
    const text = [...output.stdout, ...output.stderr].join('');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encodeURIComponent(secret));
    expect(text).not.toContain('not-registered');
    expect(text).not.toContain('sid=1');
    if (json) for (const line of output.stdout) JSON.parse(line);
  });
});

it('shows a run whole although a secret is one of our own words', () => {
  const output = recordOutput();
  output.masker.conceal(['response', 'step', 'w', 'a']);
  events.forEach(createRunView(output));
  expect(output.stdout.slice(0, 2)).toEqual(['\n', 'w\n']);
  expect(output.stdout.join('')).toMatch(/✗ a +POST +\/hunter2! +400 +1 ms/);
});
