import { describe, expect, it } from 'vitest';
import { createEmitter } from './emit.ts';
import type { GatewayEvent } from './events.ts';

const event: GatewayEvent = { kind: 'gateway-fault', reason: 'x' };

describe('createEmitter', () => {
  it('passes events on as they come', () => {
    const heard: GatewayEvent[] = [];
    createEmitter((each: GatewayEvent) => heard.push(each))(event);
    expect(heard).toEqual([event]);
  });

  it('does nothing without a listener', () => {
    expect(() => createEmitter(undefined)(event)).not.toThrow();
  });
});
