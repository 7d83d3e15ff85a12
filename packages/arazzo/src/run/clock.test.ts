import { expect, it } from 'vitest';
import { systemClock } from './clock.ts';

it('does not fire at once when asked to wait for longer than a timer of Node can', async () => {
  let fired = false;
  const cancel = systemClock.after(2 ** 32, () => {
    fired = true;
  });
  await new Promise<void>((resolve) => {
    systemClock.after(20, resolve);
  });
  cancel();
  expect(fired).toBe(false);
});
