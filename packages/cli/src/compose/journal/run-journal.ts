import {
  appendFileSync,
  closeSync,
  constants,
  type Dirent,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { type RunEvent, RunTracker } from '@gatewright/arazzo';
import { CommandError } from '../../command-error.ts';
import { exitCode } from '../../exit-code.ts';
import { isRecord } from '../is-record.ts';
import { stateFolder } from '../state-folder.ts';
import { identifyProcess, type ProcessIdentity, runsElsewhere } from './process-identity.ts';
import type { SecretKeeper } from './secrets.ts';

/** What a run was asked to do, without its secrets: enough to go on with it. */
export interface JournalHead {
  readonly kind: 'journal';
  readonly version: 1;
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly document: string;
  readonly workflowIds: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The names of the inputs that are not kept. */
  readonly secrets: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** A journal that is being written. What is known before a request is on its way to the disk before the request is. */
export interface Journal {
  readonly id: string;
  /** @throws CommandError when it cannot be written: then nothing must be sent. */
  observe(event: RunEvent): void;
  /** Ends it, and deletes it when there is nothing to go on with: the run succeeded, or nothing had been done. */
  close(): { readonly isResumable: boolean };
}

export interface ReadJournal {
  readonly head: JournalHead;
  readonly events: readonly RunEvent[];
  /** The processes that wanted the run since it last ended, and before this one did: the first of them that lives has it. */
  readonly writers: readonly ProcessIdentity[];
  /** Whether this process is one that wants it. */
  readonly isWanted: boolean;
}

/** Events after which time passes: what was before them must be known if the process is killed meanwhile. */
const decisive: ReadonlySet<RunEvent['kind']> = new Set<RunEvent['kind']>([
  ...(['request', 'step-retrying', 'run-succeeded', 'run-failed', 'run-interrupted'] as const),
]);

/** Older journals are deleted when there are more. */
const MAX_JOURNALS = 50;
const idPattern = /^\d{8}T\d{6}-[a-z0-9]{6}$/;

function journalFolder(): string {
  return join(stateFolder(), 'runs');
}

/** An id that sorts by time: `20240101T120000-a1b2c3`. */
export function createRunId(now: Date, random: number): string {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+Z$/g, '');
  return `${time}-${Math.floor(random * 36 ** 6)
    .toString(36)
    .padStart(6, '0')}`;
}

/** Begins a journal, readable by its owner alone. @throws when there is no place for it: then nothing of it is left. */
export function beginJournal(head: JournalHead, keeper: SecretKeeper): Journal {
  const folder = journalFolder();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const id of listRunIds().slice(0, 1 - MAX_JOURNALS)) {
    const journal = tryReading(id);
    if (journal === undefined || !isUnderWay(journal)) rmSync(fileOf(id), { force: true });
  }
  const file = openSync(join(folder, `${head.id}.jsonl`), 'ax', 0o600);
  try {
    // At once: whoever finds a journal of nobody may take it.
    writeLines(file, [head, identifyProcess()]);
    return writeJournal(head.id, file, keeper, false);
  } catch (error) {
    closeSync(file);
    rmSync(fileOf(head.id), { force: true });
    throw error;
  }
}

/**
 * Goes on with a run from what its journal tells by then, which `judge` is given and may refuse. Whoever wants a run says so
 * in its journal before reading it, so that of several processes that want one at the same moment only the first gets it.
 *
 * @throws CommandError when there is no such run, another process is at it, or its journal cannot be written.
 */
export function continueJournal<State>(
  id: string,
  keeper: SecretKeeper,
  judge: (events: readonly RunEvent[]) => State,
): { readonly journal: Journal; readonly state: State } {
  const file = openToClaim(id);
  try {
    let known: ReadJournal;
    do {
      claim(file);
      known = readJournal(id);
      // Whoever had the run may have ended just now, and those who come later do not see who wanted it before that.
    } while (!known.isWanted);
    refuseUnderWay(id, known);
    const state = judge(known.events);
    return { journal: writeJournal(id, file, keeper, true), state };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function openToClaim(id: string): number {
  try {
    // A journal that is deleted meanwhile must not come back.
    return openSync(fileOf(id), constants.O_WRONLY | constants.O_APPEND);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') throw unknownRun(id);
    throw unwritable(cause);
  }
}

/** Says in a journal that this process wants the run. A line that was cut off ends before that. */
function claim(file: number): void {
  try {
    appendFileSync(file, `\n${JSON.stringify(identifyProcess())}\n`);
  } catch (cause) {
    throw unwritable(cause);
  }
}

/** The ids of the runs that can be gone on with, oldest first. */
export function listRunIds(): readonly string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(journalFolder(), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .flatMap((entry) => (entry.isFile() && entry.name.endsWith('.jsonl') ? entry.name.slice(0, -'.jsonl'.length) : []))
    .filter((id) => idPattern.test(id))
    .sort();
}

/** @throws CommandError when there is no such run, or its journal is damaged. */
export function readJournal(id: string): ReadJournal {
  const [head, ...others] = readLines(id) ?? [];
  if (head === undefined || !isHead(head)) {
    throw new CommandError(
      exitCode.environment,
      `The journal of the run "${id}" cannot be read: "${fileOf(id)}". gatewright runs delete ${id} deletes it.`,
    );
  }
  const events = others.filter((line) => !isProcess(line)) as unknown as readonly RunEvent[];
  return { head, events, ...readClaims(others) };
}

/** Deletes journals, all of them or none. @throws CommandError when there is no such run, or it is under way. */
export function deleteJournals(ids: readonly string[]): void {
  const known = listRunIds();
  for (const id of ids) {
    if (!known.includes(id)) throw unknownRun(id);
    const journal = tryReading(id);
    if (journal !== undefined) refuseUnderWay(id, journal);
  }
  for (const id of ids) rmSync(fileOf(id), { force: true });
}

/** @throws CommandError when another process is at the run. */
export function refuseUnderWay(id: string, { writers }: ReadJournal): void {
  const writer = writers.find(runsElsewhere);
  if (writer === undefined) return;
  throw new CommandError(exitCode.badInput, `The run "${id}" is under way, in the process ${writer.process}.`);
}

/** Whether another process is at a run. */
export function isUnderWay({ writers }: ReadJournal): boolean {
  return writers.some(runsElsewhere);
}

/** Absent when it is damaged. */
function tryReading(id: string): ReadJournal | undefined {
  try {
    return readJournal(id);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** What is known of a run from its journal, with the secrets that are given again. */
export function trackRun(events: readonly RunEvent[], keeper?: SecretKeeper): RunTracker {
  const tracker = new RunTracker();
  for (const event of events) tracker.observe(keeper ? (keeper.restore(event) as RunEvent) : event);
  return tracker;
}

function fileOf(id: string): string {
  return join(journalFolder(), `${id}.jsonl`);
}

function unknownRun(id: string): CommandError {
  return new CommandError(
    exitCode.badInput,
    `There is no run "${id}": gatewright runs list shows those that there are.`,
  );
}

function unwritable(cause: unknown): CommandError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CommandError(exitCode.environment, `The journal of the run cannot be written: ${reason}.`, { cause });
}

/**
 * Absent for what cannot be read. A line that was cut off, when a process was killed or the disk was full, is its last one,
 * and nothing had been done after it was begun: it is left out, where nothing follows but that another process wants the run.
 */
function readLines(id: string): readonly Line[] | undefined {
  if (!listRunIds().includes(id)) throw unknownRun(id);
  try {
    const lines: Line[] = [];
    let isCutOff = false;
    for (const text of readFileSync(fileOf(id), 'utf8').split('\n').slice(0, -1)) {
      const line = parseLine(text);
      if (line !== undefined && isCutOff && !isProcess(line)) return undefined;
      isCutOff = line === undefined;
      if (line !== undefined) lines.push(line);
    }
    return lines;
  } catch {
    return undefined;
  }
}

/** `undefined` for one that was cut off. @throws when it is no beginning of an object in JSON. */
function parseLine(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (error) {
    if (text === '' || text.startsWith('{')) return undefined;
    throw error;
  }
  throw new TypeError('It is no object.');
}

type Line = Readonly<Record<string, unknown>>;

function isHead(line: Line): line is Line & JournalHead {
  const { kind, version, startedAt, document, workflowIds, inputs, secrets, options } = line;
  return (
    kind === 'journal' &&
    version === 1 &&
    [startedAt, document].every((member) => typeof member === 'string') &&
    [workflowIds, secrets].every(Array.isArray) &&
    [inputs, options].every(isRecord)
  );
}

function isProcess(line: Line): line is Line & ProcessIdentity {
  return typeof line.process === 'number';
}

const endings: ReadonlySet<unknown> = new Set(['run-succeeded', 'run-failed', 'run-interrupted']);

function readClaims(lines: readonly Line[]): Pick<ReadJournal, 'writers' | 'isWanted'> {
  const { process: id, started } = identifyProcess();
  const claims = lines.slice(lines.findLastIndex(({ kind }) => endings.has(kind)) + 1).filter(isProcess);
  const own = claims.findLastIndex((claim) => claim.process === id && claim.started === started);
  return { writers: own < 0 ? claims : claims.slice(0, own), isWanted: own >= 0 };
}

function writeLines(file: number, values: readonly unknown[]): void {
  // All of it or an error: a disk that is almost full takes a part of one write without a word.
  appendFileSync(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

function writeJournal(id: string, file: number, keeper: SecretKeeper, hasDoneSomething: boolean): Journal {
  let outcome: RunEvent['kind'] | undefined;
  let isTouched = hasDoneSomething;
  /** Lines that need not be on their way yet: nothing is done between them and those that are written with them. */
  let waiting = '';
  /** What follows a line that is cut off could not be read. */
  let isCutOff = false;
  const flush = (): void => {
    if (isCutOff) return;
    try {
      appendFileSync(file, waiting);
      waiting = '';
    } catch (cause) {
      isCutOff = true;
      // With a run that succeeded nobody goes on.
      if (outcome === 'run-succeeded') return;
      throw unwritable(cause);
    }
  };
  return {
    id,
    observe(event) {
      if (event.kind === 'request' || event.kind === 'response') isTouched = true;
      outcome = event.kind;
      const entry = reduce(event, keeper);
      if (entry !== undefined) waiting += `${JSON.stringify(entry)}\n`;
      if (decisive.has(event.kind)) flush();
    },
    close() {
      try {
        flush();
      } finally {
        closeSync(file);
      }
      const isResumable = outcome !== 'run-succeeded' && isTouched && isWorthKeeping(tryReading(id));
      if (!isResumable) rmSync(fileOf(id), { force: true });
      return { isResumable };
    },
  };
}

/** Whether there is something to go on with, or another process goes on with it by now. */
function isWorthKeeping(journal: ReadJournal | undefined): boolean {
  if (journal === undefined) return false;
  const { unknown, state } = trackRun(journal.events);
  return isUnderWay(journal) || unknown !== undefined || Object.keys(state.completed).length > 0;
}

/** What a journal keeps of an event: no headers, no bodies, no URLs, no messages. */
function reduce(event: RunEvent, keeper: SecretKeeper): object | undefined {
  switch (event.kind) {
    case 'warning':
      return undefined;
    case 'request':
    case 'response':
      return { kind: event.kind, workflowId: event.workflowId, stepId: event.stepId };
    case 'step-failed':
      return { ...event, reasons: event.reasons.map(({ code }) => ({ code })) };
    case 'workflow-started':
      return { ...event, ...(event.transfer && { transfer: keeper.withhold(event.transfer) }) };
    case 'step-succeeded':
    case 'workflow-succeeded':
      return { ...event, outputs: keeper.withhold(event.outputs) };
    case 'workflow-failed':
      return { ...event, outputs: {} };
    case 'run-failed':
    case 'run-succeeded':
      return { kind: event.kind };
    default:
      return event;
  }
}
