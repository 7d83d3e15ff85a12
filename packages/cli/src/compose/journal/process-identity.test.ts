import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
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
