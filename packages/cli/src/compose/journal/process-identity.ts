import { readFileSync } from 'node:fs';

/** A process of this machine. A number alone names several, one after the other. */
export interface ProcessIdentity {
  readonly process: number;
  /** Tells it from earlier and later ones of the same number; absent where the system does not tell when one began. */
  readonly started?: string;
}

/** This process. */
export function identifyProcess(): ProcessIdentity {
  const started = readStart(process.pid);
  return { process: process.pid, ...(started !== undefined && { started }) };
}

/**
 * Whether a process still runs, and is not this one. One that has ended does not, though its parent has not asked how it did.
 * Without knowing when it began, another of its number counts.
 */
export function runsElsewhere({ process: id, started }: ProcessIdentity): boolean {
  if (id === process.pid || id <= 0) return false;
  if (started !== undefined) return readStart(id) === started;
  try {
    // Signal 0 is not delivered.
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * When a process began, as Linux counts: since which boot, in ticks after it (proc(5), `/proc/pid/stat`, field 22). Absent
 * for one that ended (field 3), which its parent may keep from going for as long as it lives.
 */
function readStart(id: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The second field is the name of the command, in parentheses, and may hold any character.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? undefined : `${boot} ${fields[18]}`;
  } catch {
    return undefined;
  }
}
