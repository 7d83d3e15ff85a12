import { afterEach, expect, it, vi } from 'vitest';
import { homeFolder } from './home-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ['/home/me', '/home/me'],
  ['', undefined],
  ['relative', undefined],
])('with HOME %j is %j', (home, folder) => {
  vi.stubEnv('HOME', home);
  expect(homeFolder()).toBe(folder);
});
