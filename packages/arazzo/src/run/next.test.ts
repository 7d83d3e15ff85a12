import { describe, expect, it } from 'vitest';
import type { PlannedAction } from '../plan/plan.ts';
import { decideNext, MAX_RETRY_AFTER, parseRetryAfter, type Situation } from './next.ts';

function action(name: string, more: Partial<PlannedAction['action']>): PlannedAction {
  return {
    action: { kind: 'action', name, type: 'end', parameters: [], criteria: [], pointer: '', ...more },
    ...(more.workflowId !== undefined && { workflowId: more.workflowId }),
    parameters: [],
    criteria: [],
  };
}

const retry = action('again', { type: 'retry', retryAfter: 1.5, retryLimit: 2 });
const jump = action('jump', { type: 'goto', stepId: 's' });

function decide(actions: readonly PlannedAction[], more: Partial<Situation> = {}) {
  return decideNext({ succeeded: false, actions, isSatisfied: () => true, retries: new Map(), ...more });
}

describe('decideNext', () => {
  it.each([
    ['goes on after success', [], { succeeded: true }, { kind: 'continue' }],
    ['ends after failure', [], {}, { kind: 'end', succeeded: false }],
    ['takes the first action', [jump, retry], {}, { kind: 'goto-step', stepId: 's' }],
    [
      'jumps to a workflow',
      [action('j', { type: 'goto', workflowId: 'w' })],
      {},
      { kind: 'goto-workflow', workflowId: 'w' },
    ],
    ['ends as failed by an action after failure', [action('e', {})], {}, { kind: 'end', succeeded: false }],
    [
      'ends as succeeded by an action after success',
      [action('e', {})],
      { succeeded: true },
      { kind: 'end', succeeded: true },
    ],
    ['waits in seconds before a retry', [retry], {}, { kind: 'retry', action: 'again', afterMilliseconds: 1500 }],
    [
      'lets the server decide how long',
      [retry],
      { retryAfterMilliseconds: 7 },
      { kind: 'retry', action: 'again', afterMilliseconds: 7 },
    ],
    [
      'bounds what the server wishes',
      [retry],
      { retryAfterMilliseconds: 1e12 },
      { kind: 'retry', action: 'again', afterMilliseconds: MAX_RETRY_AFTER },
    ],
    [
      'exhausts a retry before later actions',
      [retry, jump],
      { retries: new Map([['again', 1]]) },
      { kind: 'retry', action: 'again', afterMilliseconds: 1500 },
    ],
    [
      'takes later actions once a retry is exhausted',
      [retry, jump],
      { retries: new Map([['again', 2]]) },
      { kind: 'goto-step', stepId: 's' },
    ],
    [
      'retries once without a limit',
      [action('r', { type: 'retry' })],
      { retries: new Map([['r', 1]]) },
      { kind: 'end', succeeded: false },
    ],
    [
      'never retries with the limit 0',
      [action('r', { type: 'retry', retryLimit: 0 })],
      {},
      { kind: 'end', succeeded: false },
    ],
    [
      'carries what a retry runs first',
      [action('r', { type: 'retry', workflowId: 'w' })],
      {},
      { kind: 'retry', action: 'r', afterMilliseconds: 0, workflowId: 'w' },
    ],
  ] as const)('%s', (_, actions, more, next) => {
    expect(decide(actions, more)).toEqual(next);
  });

  it('passes over actions whose criteria are not satisfied', () => {
    expect(decide([retry, jump], { isSatisfied: (candidate) => candidate === jump })).toEqual({
      kind: 'goto-step',
      stepId: 's',
    });
  });
});

it.each([
  ['3', 3000],
  [undefined, undefined],
  ['soon', undefined],
  ['-1', undefined],
  ['Thu, 01 Jan 1970 00:01:40 GMT', 90_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])('reads the Retry-After header %s at 10 s as %s ms', (text, milliseconds) => {
  expect(parseRetryAfter(text, 10_000)).toBe(milliseconds);
});
