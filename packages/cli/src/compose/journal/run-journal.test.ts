import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { useTemporaryState } from '../../testing/temporary-state.ts';
import {
  beginJournal,
  continueJournal,
  createRunId,
  deleteJournals,
  isUnderWay,
  type JournalHead,
  listRunIds,
  readJournal,
  trackRun,
} from './run-journal.ts';
import { createSecretKeeper } from './secrets.ts';

const keeper = createSecretKeeper({ token: 's3cr3t' });
const idOf = (index: number) => `20240101T0000${String(index).padStart(2, '0')}-a1b2c3`;
const head = (id: string): JournalHead => ({
  kind: 'journal',
  version: 1,
  id,
  startedAt: '2024-01-01T00:00:00.000Z',
  document: 'file:///a.yaml',
  workflowIds: [],
  inputs: {},
  secrets: ['token'],
  options: {},
});
const place = { workflowId: 'w', stepId: 'a' };
const events: readonly RunEvent[] = [
  { kind: 'run-started', document: 'file:///a.yaml', workflowIds: ['w'] },
  { kind: 'workflow-started', workflowId: 'w' },
  { kind: 'step-started', ...place, attempt: 1 },
  { kind: 'request', ...place, method: 'GET', url: 'http://a.test/?key=s3cr3t', headers: { cookie: 's3cr3t' } },
  {
    ...{ kind: 'response', ...place, method: 'GET', url: 'http://a.test/', path: '/', status: 200, headers: {} },
    ...{ body: 's3cr3t', milliseconds: 1 },
  } as RunEvent,
  { kind: 'step-succeeded', ...place, outputs: { token: 'Bearer s3cr3t' }, milliseconds: 1 },
];

const failed: RunEvent = { kind: 'run-failed', reason: '' };

const state = useTemporaryState();

/** Goes on with a run, whatever it is told of it. */
const goOn = (id: string) => continueJournal(id, keeper, (known) => known);

const fileOf = (id: string) => join(state(), 'gatewright', 'runs', `${id}.jsonl`);

describe('a journal', () => {
  it('keeps what a run needs to go on, and no secrets', async () => {
    const journal = beginJournal(head(idOf(1)), keeper);
    for (const event of events) journal.observe(event);
    expect(journal.close()).toEqual({ isResumable: true });
    expect(await readFile(fileOf(idOf(1)), 'utf8')).not.toContain('s3cr3t');
    const read = readJournal(idOf(1));
    expect(read.head).toEqual(head(idOf(1)));
    expect(trackRun(read.events, keeper).state.frames).toEqual([
      { workflowId: 'w', parameters: {}, steps: { a: { token: 'Bearer s3cr3t' } }, stepId: 'a', isDone: true },
    ]);
  });

  it('tells of a step before its request is sent', () => {
    const journal = beginJournal(head(idOf(1)), keeper);
    for (const event of events.slice(0, 4)) journal.observe(event);
    expect(trackRun(readJournal(idOf(1)).events).unknown).toEqual(place);
    journal.close();
  });

  it('is deleted when the run succeeded or had done nothing', () => {
    const succeeded = beginJournal(head(idOf(1)), keeper);
    for (const event of [...events, { kind: 'run-succeeded', outputs: {} } as const]) succeeded.observe(event);
    const idle = beginJournal(head(idOf(2)), keeper);
    for (const event of events.slice(0, 3)) idle.observe(event);
    expect([succeeded.close(), idle.close(), listRunIds()]).toEqual([
      { isResumable: false },
      { isResumable: false },
      [],
    ]);
  });

  it('is kept though nothing had been done when another process goes on with it', async () => {
    const journal = beginJournal(head(idOf(1)), keeper);
    const stepFailed: RunEvent = { kind: 'step-failed', ...place, reasons: [], milliseconds: 1 };
    for (const event of [...events.slice(0, 5), stepFailed, failed]) journal.observe(event);
    await appendFile(fileOf(idOf(1)), `\n${JSON.stringify({ process: process.ppid })}\n`);
    expect([journal.close(), listRunIds()]).toEqual([{ isResumable: true }, [idOf(1)]]);
  });

  it('is gone on with in the same file', () => {
    const journal = beginJournal(head(idOf(1)), keeper);
    for (const event of events) journal.observe(event);
    journal.close();
    const { journal: again } = goOn(idOf(1));
    for (const event of events.slice(0, 2)) again.observe(event);
    again.close();
    expect(trackRun(readJournal(idOf(1)).events).state.frames).toMatchObject([{ stepId: 'a', isDone: true }]);
  });

  it('is gone on with behind its last whole line', async () => {
    const journal = beginJournal(head(idOf(1)), keeper);
    for (const event of events) journal.observe(event);
    journal.close();
    await appendFile(fileOf(idOf(1)), '{"kind":"step-st');
    const { events: before } = readJournal(idOf(1));
    expect(goOn(idOf(1)).state).toEqual(before);
    expect(readJournal(idOf(1)).events).toEqual(before);
  });

  it('is gone on with when claims were cut off as well', async () => {
    const journal = beginJournal(head(idOf(1)), keeper);
    for (const event of events) journal.observe(event);
    journal.close();
    const { events: before } = readJournal(idOf(1));
    for (const cutOff of ['{"kind":"step-st', '\n{"pro', '\n', '\n']) {
      await appendFile(fileOf(idOf(1)), cutOff);
      expect(readJournal(idOf(1)).events).toEqual(before);
    }
    expect(goOn(idOf(1)).state).toEqual(before);
    await appendFile(fileOf(idOf(1)), `{"kind":"requ\n${JSON.stringify(failed)}\n`);
    expect(() => readJournal(idOf(1))).toThrow('cannot be read');
  });

  it('is not gone on with where it cannot be written, or is deleted', async () => {
    await mkdir(fileOf(idOf(1)), { recursive: true });
    expect(() => goOn(idOf(1))).toThrow('The journal of the run cannot be written: EISDIR');
    expect(() => goOn(idOf(2))).toThrow(`There is no run "${idOf(2)}"`);
    expect(existsSync(fileOf(idOf(2)))).toBe(false);
  });

  it('goes to the first of those that want it at the same moment, unless that one has ended', async () => {
    const journal = beginJournal(head(idOf(1)), keeper);
    for (const event of [...events, failed]) journal.observe(event);
    journal.close();
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    const claim = `\n${JSON.stringify({ process: other.pid })}\n`;
    await appendFile(fileOf(idOf(1)), claim);
    expect(() => goOn(idOf(1))).toThrow(`The run "${idOf(1)}" is under way, in the process ${other.pid}.`);
    other.stdin.end();
    await once(other, 'exit');
    expect(goOn(idOf(1)).state.at(-1)).toEqual({ kind: 'run-failed' });
    // It claims the run after this process did.
    await appendFile(fileOf(idOf(1)), `\n${JSON.stringify({ process: process.ppid })}\n`);
    expect(isUnderWay(readJournal(idOf(1)))).toBe(false);
    // Whoever had it has ended since, and the next one does not see who wanted it before.
    const again = `${JSON.stringify(failed)}\n\n${JSON.stringify({ process: process.ppid })}\n`;
    await appendFile(fileOf(idOf(1)), again);
    expect(readJournal(idOf(1))).toMatchObject({ writers: [{ process: process.ppid }], isWanted: false });
    expect(() => goOn(idOf(1))).toThrow(`The run "${idOf(1)}" is under way, in the process ${process.ppid}.`);
  });

  it('can be read when its last line was cut off, and is refused when it is damaged', async () => {
    beginJournal(head(idOf(1)), keeper);
    await appendFile(fileOf(idOf(1)), '{"kind":"run-st');
    expect(readJournal(idOf(1)).events).toEqual([]);
    const { document: _, ...half } = head(idOf(1));
    for (const text of [
      'damaged\n',
      '',
      'null\n',
      `${JSON.stringify(half)}\n`,
      `${JSON.stringify(head(idOf(1)))}\nnull\n`,
    ]) {
      await writeFile(fileOf(idOf(1)), text);
      expect(() => readJournal(idOf(1))).toThrow(`The journal of the run "${idOf(1)}" cannot be read`);
    }
    deleteJournals([idOf(1)]);
    expect(listRunIds()).toEqual([]);
  });
});

describe('journals', () => {
  it('are at most 50: the oldest make room', () => {
    for (let index = 0; index < 53; index += 1) beginJournal(head(idOf(index)), keeper);
    expect([listRunIds().length, listRunIds()[0], listRunIds().at(-1)]).toEqual([50, idOf(3), idOf(52)]);
  });

  it('are listed oldest first, and only they', async () => {
    expect(listRunIds()).toEqual([]);
    for (const index of [2, 1]) beginJournal(head(idOf(index)), keeper);
    await writeFile(join(state(), 'gatewright', 'runs', 'notes.jsonl'), '');
    await mkdir(join(state(), 'gatewright', 'runs', `${idOf(3)}.jsonl`));
    expect(listRunIds()).toEqual([idOf(1), idOf(2)]);
    deleteJournals([idOf(1)]);
    expect(listRunIds()).toEqual([idOf(2)]);
    expect(() => deleteJournals([idOf(2), '../../notes'])).toThrow('There is no run "../../notes"');
    expect(listRunIds()).toEqual([idOf(2)]);
  });

  it('of runs that another process is at are not deleted, also not to make room', async () => {
    for (let index = 0; index < 50; index += 1) beginJournal(head(idOf(index)), keeper);
    const other = `${JSON.stringify(head(idOf(0)))}\n${JSON.stringify({ process: process.ppid })}\n`;
    await writeFile(fileOf(idOf(0)), other);
    expect(() => deleteJournals([idOf(1), idOf(0)])).toThrow(`The run "${idOf(0)}" is under way, in the process`);
    beginJournal(head(idOf(50)), keeper);
    expect(listRunIds()).toContain(idOf(0));
    expect(listRunIds()).toContain(idOf(1));
    await writeFile(fileOf(idOf(0)), other.replace(/\}\n$/, ',"started":"an earlier one"}\n'));
    deleteJournals([idOf(0)]);
    expect(listRunIds()).not.toContain(idOf(0));
  });

  it('have ids that sort by time', () => {
    expect(createRunId(new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 6)), 0.5)).toBe('20240102T030405-i00000');
  });
});
