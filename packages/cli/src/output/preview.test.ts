import type { PreviewedRequest } from '@gatewright/arazzo';
import { expect, it } from 'vitest';
import { recordOutput } from './output.contract.ts';
import { showPreview } from './preview.ts';

const requests: readonly PreviewedRequest[] = [
  {
    kind: 'planned-request',
    workflowId: 'w',
    stepId: 'create',
    method: 'POST',
    url: 'http://pets.test/pets',
    headers: { 'content-type': 'application/json' },
    body: { name: 'Rex' },
    credentials: ['key', 'oauth'],
  },
  { kind: 'refused-request', workflowId: 'v', stepId: 'get', message: 'It has no value.' },
];

it('shows each request of a run that is not made, and why one cannot be made', () => {
  const output = recordOutput();
  showPreview(output, requests);
  expect(output.stdout.join('').split('\n').slice(1)).toEqual([
    '',
    'w',
    `  ${'create'.padEnd(26)} POST   http://pets.test/pets`,
    '      content-type: application/json',
    '      with credentials: key, oauth',
    '      {',
    '        "name": "Rex"',
    '      }',
    '',
    'v',
    '  ✗ get',
    '      It has no value.',
    '',
  ]);
});

it('gives programs each request as it is', () => {
  const output = recordOutput({ json: true });
  showPreview(output, requests);
  expect(output.stdout.map((line) => JSON.parse(line))).toEqual(requests);
});
