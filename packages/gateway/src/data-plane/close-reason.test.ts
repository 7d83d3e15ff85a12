import { describe, expect, it } from 'vitest';
import { describeClose } from './close-reason.ts';

describe('describeClose', () => {
  it.each([
    [1000, 'bye', 'bye'],
    [1001, '', ''],
    [1005, '', 'Client-side close frame status not set'],
    [1006, '', 'Connection closed abnormally'],
    [4000, 'mine', 'mine'],
  ])('reports %i "%s" with the reason "%s"', (code, reason, reported) => {
    expect(describeClose(code, reason)).toEqual({ code, reason: reported });
  });
});
