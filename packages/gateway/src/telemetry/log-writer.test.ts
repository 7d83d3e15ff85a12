import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';
import { createLogWriter, type LogDestination } from './log-writer.ts';

/** A destination that writes when it is told to. */
function createSlowDestination() {
  const texts: string[] = [];
  const finish: ((error?: Error) => void)[] = [];
  let isClosed = false;
  const destination: LogDestination = {
    write(text) {
      texts.push(text);
      return new Promise((resolve, reject) => {
        finish.push((error) => (error ? reject(error) : resolve()));
      });
    },
    async close() {
      isClosed = true;
    },
  };
  return { destination, texts, finish: (error?: Error) => finish.shift()?.(error), isClosed: () => isClosed };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a log writer', () => {
  it('writes in order what came meanwhile, and closes when all is written', async () => {
    const slow = createSlowDestination();
    const writer = createLogWriter(slow.destination, () => {});
    for (const line of ['a', 'b', 'c']) writer.write(line);
    const closing = writer.close();
    writer.write('late');
    slow.finish();
    await turn();
    expect([slow.texts, slow.isClosed()]).toEqual([['a\n', 'b\nc\n'], false]);
    slow.finish();
    await closing;
    expect([slow.texts, slow.isClosed()]).toEqual([['a\n', 'b\nc\n'], true]);
  });

  it('drops lines when too much waits, tells how many, and goes on', async () => {
    const problems: string[] = [];
    const slow = createSlowDestination();
    const writer = createLogWriter(slow.destination, (reason) => problems.push(reason));
    const line = 'x'.repeat(1_048_575);
    for (let index = 0; index < 7; index++) writer.write(line);
    slow.finish();
    await turn();
    slow.finish();
    await turn();
    expect(slow.texts.map((text) => text.length)).toEqual([1_048_576, 4 * 1_048_576]);
    expect(problems).toEqual(['2 lines of a log were dropped: they came faster than they could be written.']);
    writer.write('again');
    expect(slow.texts.at(-1)).toBe('again\n');
  });

  it('tells of lines that could not be written, and goes on', async () => {
    const problems: string[] = [];
    const slow = createSlowDestination();
    const writer = createLogWriter(slow.destination, (reason) => problems.push(reason));
    writer.write('lost');
    slow.finish(new Error('No space left on device'));
    await turn();
    writer.write('kept');
    expect(slow.texts.at(-1)).toBe('kept\n');
    expect(problems).toEqual(['Lines of a log could not be written: No space left on device.']);
  });
});

describe('a log file', () => {
  it('is added to, and readable by its owner alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatewright-log-'));
    const path = join(folder, 'access.log');
    for (const line of ['one', 'two']) {
      const file = await openLogFile(path, () => {});
      file.write(line);
      await file.close();
    }
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });
});
