import { access, constants, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { RunEvent } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Masker } from '../output/masker.ts';
import { formatHar } from '../output/reports/har.ts';
import { formatJson } from '../output/reports/json.ts';
import { formatJUnit } from '../output/reports/junit.ts';
import { createRunRecorder, type PlannedSteps, type RunRecord } from '../output/reports/run-record.ts';

const formats: ReadonlyMap<string, (record: RunRecord) => string> = new Map([
  ['json', formatJson],
  ['junit', formatJUnit],
  ['har', formatHar],
]);

/** The reports of a run, fed by its events. */
export interface Reports {
  /** Absent when no report is asked for. */
  observe?(event: RunEvent): void;
  /** Writes every report whole or not at all, whatever became of the run, without what is known to be secret by then. */
  write(masker: Pick<Masker, 'maskValue'>): Promise<void>;
}

/**
 * Opens the reports that `--report FORMAT=FILE` asks for. That they can be written is found out before anything is sent.
 *
 * @throws CommandError when a text names no format or file, or the file cannot be written.
 */
export async function openReports(texts: readonly string[], planned: PlannedSteps): Promise<Reports> {
  const targets = texts.map(readTarget);
  for (const { file } of targets) await checkFile(file);
  if (targets.length === 0) return { async write() {} };
  const recorder = createRunRecorder(planned, Date.now);
  return {
    observe: recorder.observe,
    async write({ maskValue }) {
      // What is a secret may be learned after it was first seen.
      const record = maskValue(recorder.record());
      for (const { file, format } of targets) await writeWhole(file, format(record));
    },
  };
}

interface Target {
  readonly format: (record: RunRecord) => string;
  readonly file: string;
}

function readTarget(text: string): Target {
  const at = text.indexOf('=');
  const format = formats.get(text.slice(0, Math.max(at, 0)));
  const file = text.slice(at + 1);
  if (at > 0 && format !== undefined && file !== '') return { format, file: resolve(file) };
  throw new CommandError(
    exitCode.badInput,
    `--report "${text}" must have the form FORMAT=FILE, with one of the formats ${[...formats.keys()].join(', ')}.`,
  );
}

interface Place {
  readonly path: string;
  /** Whether it is, or will be, a file of its own; devices and pipes take what is written to them. */
  readonly isFile: boolean;
}

/** Where a report goes; behind a symbolic link it is what the link leads to, there or not. @throws Error for a folder. */
async function findPlace(file: string): Promise<Place> {
  const found = await stat(file).catch(ifMissing);
  if (found === undefined) {
    const target = await readlink(file).catch(() => undefined);
    if (target === undefined) return { path: file, isFile: true };
    // What is relative is so to the folder itself, which may be behind a link too.
    return findPlace(resolve(await realpath(dirname(file)), target));
  }
  if (found.isDirectory()) throw new Error('it is a folder');
  return found.isFile() ? { path: await realpath(file), isFile: true } : { path: file, isFile: false };
}

/** Links in a circle are an error: a report would replace one of them. */
function ifMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

async function checkFile(file: string): Promise<void> {
  try {
    const { path, isFile } = await findPlace(file);
    await access(isFile ? dirname(path) : path, constants.W_OK);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

/** Readers see the old file or the new one, never a part: the new one is written beside it and takes its name. */
async function writeWhole(file: string, text: string): Promise<void> {
  try {
    const { path, isFile } = await findPlace(file);
    await (isFile ? replace(path, text) : writeFile(path, text));
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

async function replace(path: string, text: string): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
}

function unwritable(file: string, cause: unknown): CommandError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CommandError(exitCode.environment, `The report "${file}" cannot be written: ${reason}.`, { cause });
}
