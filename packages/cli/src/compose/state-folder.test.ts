import { afterEach, expect, it, vi } from 'vitest';
import { stateFolder } from './state-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ['/state', '/home/me', '/state/gatewright'],
  ['', '/home/me', '/home/me/.local/state/gatewright'],
  ['relative', '/home/me', '/home/me/.local/state/gatewright'],
])('with XDG_STATE_HOME %j and HOME %j is %j', (state, home, folder) => {
  vi.stubEnv('XDG_STATE_HOME', state);
  vi.stubEnv('HOME', home);
  expect(stateFolder()).toBe(folder);
});

it.each(['', 'relative'])('is never below the working directory, as with HOME %j', (home) => {
  vi.stubEnv('XDG_STATE_HOME', '');
  vi.stubEnv('HOME', home);
  expect(stateFolder).toThrow('There is no home folder to keep state in: set XDG_STATE_HOME or HOME');
});
