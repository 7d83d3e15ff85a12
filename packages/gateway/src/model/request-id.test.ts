import { describe, expect, it } from 'vitest';
import { newRequestId, newTraceId } from './request-id.ts';

describe('newRequestId', () => {
  it('is 16 characters of base64url with one padding character', () => {
    expect(newRequestId()).toMatch(/^[A-Za-z0-9_-]{15}=$/);
  });

  it('does not repeat itself, also across refills of the pool', () => {
    expect(new Set(Array.from({ length: 2000 }, newRequestId)).size).toBe(2000);
  });
});

describe('newTraceId', () => {
  it('starts with the time in seconds', () => {
    expect(newTraceId(1790294473687)).toMatch(/^Root=1-6ab5b9c9-[0-9a-f]{24}$/);
  });
});
