import { describe, expect, it } from 'vitest';
import { gatewright } from './harness/gatewright.ts';
import { documentPath } from './harness/paths.ts';

const orders = documentPath('orders.arazzo.yaml');

describe('a document with steps over AsyncAPI channels', () => {
  it('is checked, and each such step is told of', async () => {
    const { exitCode, stderr } = await gatewright(['check', orders]);
    expect(exitCode).toBe(0);
    expect(stderr.match(/is over an AsyncAPI channel: such steps are checked, and not run yet/g)).toHaveLength(2);
    expect(stderr).not.toContain('error');
  });

  it('is shown, with the channels and what is done with them', async () => {
    const { exitCode, stdout } = await gatewright(['show', orders]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/1 +place +sends to +orders\.placed\n +2 +confirm +receives from +orders\.confirmed/);
  });

  it.each([[[]], [['--dry-run']], [['--mock']]])('is refused by run %j before anything is sent', async (options) => {
    const { exitCode, stderr } = await gatewright(['run', orders, '-i', 'id=7', ...options]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error not-supported\n  The step "place" is over an AsyncAPI channel');
    expect(stderr).toContain('Nothing was sent.');
  });
});
