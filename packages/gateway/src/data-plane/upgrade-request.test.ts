import { describe, expect, it } from 'vitest';
import { readUpgrade } from './upgrade-request.ts';

const valid = {
  Upgrade: 'WebSocket',
  'Sec-WebSocket-Key': 'c3ludGhldGljLWtleS0wMQ==',
  'Sec-WebSocket-Version': '13',
};

function read(headers: Record<string, string>, method = 'GET'): ReturnType<typeof readUpgrade> {
  return readUpgrade(method, { headers: Object.entries(headers), query: '' });
}

describe('readUpgrade', () => {
  it.each([
    [{}, []],
    [{ 'Sec-WebSocket-Protocol': 'a' }, ['a']],
    [{ 'Sec-WebSocket-Protocol': 'a, b', 'sec-websocket-protocol': 'c' }, ['a', 'b', 'c']],
  ])('takes a handshake with %j', (headers, offeredSubprotocols) => {
    expect(read({ ...valid, ...headers })).toEqual({ kind: 'upgrade', offeredSubprotocols });
  });

  it.each([
    [{ Upgrade: 'h2c' }, 400],
    [{ 'Sec-WebSocket-Key': '' }, 400],
    [{ 'Sec-WebSocket-Key': 'c3ludGhldGljLWtleS0wMQ' }, 400],
    [{ 'sec-websocket-key': 'c3ludGhldGljLWtleS0wMQ==' }, 400],
    [{ 'Sec-WebSocket-Version': '8' }, 426],
    [{ 'Sec-WebSocket-Protocol': 'a,,b' }, 400],
    [{ 'Sec-WebSocket-Protocol': 'a, a' }, 400],
    [{ 'Sec-WebSocket-Protocol': 'a b' }, 400],
    [{ 'Sec-WebSocket-Protocol': '' }, 400],
  ])('refuses one with %j by %i', (headers, status) => {
    expect(read({ ...valid, ...headers })).toEqual({ kind: 'invalid', status });
  });

  it('takes one header Authorization, and not two', () => {
    const { headers } = { headers: Object.entries({ ...valid, Authorization: 'a' }) };
    expect(readUpgrade('GET', { headers, query: '' }).kind).toBe('upgrade');
    const twice = { headers: [...headers, ['authorization', 'a'] as const], query: '' };
    expect(readUpgrade('GET', twice)).toEqual({ kind: 'ambiguous-authorization' });
  });

  it('refuses other methods', () => {
    expect(read(valid, 'POST')).toEqual({ kind: 'invalid', status: 405 });
  });
});
