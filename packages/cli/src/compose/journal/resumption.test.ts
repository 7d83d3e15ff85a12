import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '@gatewright/arazzo';
import { expect, it } from 'vitest';
import { useTemporaryState } from '../../testing/temporary-state.ts';
import { resumeRun } from './resumption.ts';
import { beginJournal } from './run-journal.ts';
import { createSecretKeeper } from './secrets.ts';

const state = useTemporaryState();

it('going on is refused for a run that another process went on with since it was planned', async () => {
  const id = '20240101T000000-a1b2c3';
  const asked = { document: 'file:///a.yaml', workflowIds: [], inputs: {}, secrets: [], options: {} };
  const head = { kind: 'journal', version: 1, id, startedAt: '2024-01-01T00:00:00.000Z', ...asked } as const;
  beginJournal(head, createSecretKeeper({}));
  const line = `${JSON.stringify({ process: process.ppid })}\n`;
  await appendFile(join(state(), 'gatewright', 'runs', `${id}.jsonl`), line);
  const plan = { inputs: {}, order: [] } as unknown as Plan;
  expect(() => resumeRun(id, plan, { retryUnknown: true })).toThrow(
    `The run "${id}" is under way, in the process ${process.ppid}.`,
  );
});
