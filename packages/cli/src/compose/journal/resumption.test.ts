import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '@gatewright/arazzo';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { resumeRun } from './resumption.ts';
import { beginJournal } from './run-journal.ts';
import { createSecretKeeper } from './secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatewright-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('is refused for a run that another process went on with since it was planned', async () => {
  const id = '20240101T000000-a1b2c3';
  const asked = { document: 'file:///a.yaml', workflowIds: [], inputs: {}, secrets: [], options: {} };
  const head = { kind: 'journal', version: 1, id, startedAt: '2024-01-01T00:00:00.000Z', ...asked } as const;
  beginJournal(head, createSecretKeeper({}));
  const line = `${JSON.stringify({ process: process.ppid })}\n`;
  await appendFile(join(folder, 'gatewright', 'runs', `${id}.jsonl`), line);
  const plan = { inputs: {}, order: [] } as unknown as Plan;
  expect(() => resumeRun(id, plan, { retryUnknown: true })).toThrow(
    `The run "${id}" is under way, in the process ${process.ppid}.`,
  );
});
