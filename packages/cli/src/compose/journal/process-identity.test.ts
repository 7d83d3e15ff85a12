import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { identifyProcess, runsElsewhere } from './process-identity.ts';

describe('a process', () => {
  it('does not run elsewhere when it is this one', () => {
    expect(runsElsewhere(identifyProcess())).toBe(false);
  });

  it('runs until it ends', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    expect(runsElsewhere({ process: child.pid ?? 0 })).toBe(true);
    child.stdin.end();
    await once(child, 'exit');
    expect(runsElsewhere({ process: child.pid ?? 0 })).toBe(false);
  });

  it.runIf(existsSync('/proc/self/stat'))('has ended though its parent does not ask how', async () => {
    // The shell becomes a command that knows of no children, before the one it has ends.
    const script = 'exec 3<&0; cat <&3 & echo "$!"; exec sleep 60';
    const parent = spawn('sh', ['-c', script]);
    const id = String((await once(parent.stdout, 'data'))[0]).trim();
    const fieldsOf = (process: unknown) => readFileSync(`/proc/${process}/stat`, 'utf8').split(' ');
    await expect.poll(() => fieldsOf(parent.pid)[1]).toBe('(sleep)');
    parent.stdin.end();
    await expect.poll(() => fieldsOf(id)[2]).toBe('Z');
    const boot = identifyProcess().started?.split(' ')[0];
    expect(runsElsewhere({ process: Number(id), started: `${boot} ${fieldsOf(id)[21]}` })).toBe(false);
    parent.kill();
  });

  it.runIf(existsSync('/proc/self/stat'))('is told from a later one of its number by when it began', () => {
    const { started } = identifyProcess();
    expect(started).toMatch(/^[0-9a-f-]+ \d+$/);
    expect(runsElsewhere({ process: process.ppid })).toBe(true);
    expect(runsElsewhere({ process: process.ppid, started: `${started}0` })).toBe(false);
  });

  it.each([0, -1])('of the number %j is none', (id) => {
    expect(runsElsewhere({ process: id })).toBe(false);
  });
});
