import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// Processes of this suite, which inherit this, keep their journals where those of the user are not.
const stateFolder = mkdtempSync(join(tmpdir(), 'gatewright-state-'));
process.env.XDG_STATE_HOME = stateFolder;
process.once('exit', () => rmSync(stateFolder, { recursive: true, force: true }));

export const executable: string = fileURLToPath(new URL('../../packages/cli/bin/gatewright.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. Standard input is closed unless `input` is given. */
export async function gatewright(
  args: readonly string[],
  options: { input?: string; cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [executable, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  child.stdin.end(options.input ?? '');
  return ended(child);
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, stdout, stderr };
}

export type JsonRecord = Readonly<Record<string, unknown>> & { readonly kind: string };

/** What `--json` prints as `ready`. */
interface Ready {
  readonly gateway: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly workflows: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A process that serves: `up` or `serve`, started with `--json` on a free port. */
export interface ServingProcess extends Ready {
  readonly child: ChildProcess;
  /** Every line printed so far, parsed. */
  readonly records: readonly JsonRecord[];
  /** Resolves with the first record, past or future, that satisfies the condition. */
  record(condition: (record: JsonRecord) => boolean): Promise<JsonRecord>;
  /** Ends it in an orderly way and returns its exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

const servers = new Set<ChildProcess>();

/** Ends what a failed test left running. */
export function killLeftOvers(): void {
  for (const child of servers) child.kill('SIGKILL');
}

/** @throws Error with what the process printed, when it ends before it is ready. */
export async function startServing(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServingProcess> {
  const child = spawn(process.execPath, [executable, ...args, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  servers.add(child);
  child.once('close', () => servers.delete(child));
  const records: JsonRecord[] = [];
  const waiting = new Set<() => void>();
  let isKilled = false;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = once(child, 'close');
  createInterface({ input: child.stdout }).on('line', (line) => {
    // Its last line may be half of one.
    if (isKilled) return;
    records.push(JSON.parse(line) as JsonRecord);
    for (const wake of waiting) wake();
  });
  const record = (condition: (record: JsonRecord) => boolean) =>
    new Promise<JsonRecord>((resolve, reject) => {
      const look = () => {
        const found = records.find(condition);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      closed.then(
        () =>
          reject(new Error(`The process ended: ${stderr}${records.map((entry) => JSON.stringify(entry)).join('\n')}`)),
        reject,
      );
    });
  const ready = (await record(({ kind }) => kind === 'ready')) as unknown as Ready;
  return {
    gateway: ready.gateway,
    outputs: ready.outputs,
    workflows: ready.workflows ?? {},
    child,
    records,
    record,
    async stop() {
      child.kill('SIGTERM');
      const [exitCode] = (await closed) as [number | null];
      return exitCode;
    },
    async kill() {
      isKilled = true;
      child.kill('SIGKILL');
      await closed;
    },
  };
}
