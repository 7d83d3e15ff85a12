import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../http-message.ts';
import { guardControlPlane } from './request-guard.ts';

function request(headers: Record<string, string>): HttpRequest {
  return {
    method: 'POST',
    target: '/v2/apis',
    headers: { host: 'localhost:4610', ...headers },
    body: new Uint8Array(),
  };
}

describe('guardControlPlane', () => {
  it.each([
    [{}],
    [{ host: '127.0.0.1:4610' }],
    [{ host: '127.1.2.3' }],
    [{ host: '[::1]:4610' }],
    [{ host: 'gateway.localhost:4610' }],
    [{ host: 'LOCALHOST:4610' }],
    [{ host: '192.0.2.1:4610' }],
    [{ origin: 'http://localhost:4610', 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('lets %j through', (headers) => {
    expect(guardControlPlane(request(headers), 'wire-names', '192.0.2.1')).toBeUndefined();
  });

  it.each([
    [{ host: 'attacker.example:4610' }, 'Host "attacker.example:4610" is not this gateway'],
    [{ host: 'localhost.attacker.example' }, 'Host "localhost.attacker.example" is not this gateway'],
    [{ host: '' }, 'Host "" is not this gateway'],
    [{ host: '192.0.2.2' }, 'Host "192.0.2.2" is not this gateway'],
    [{ origin: 'https://attacker.example' }, 'Origin "https://attacker.example" must not use'],
    [{ origin: 'null' }, 'Origin "null" must not use'],
    [{ origin: 'http://localhost:3000' }, 'Origin "http://localhost:3000" must not use'],
    [{ 'sec-fetch-site': 'cross-site' }, 'A page of another site must not use'],
  ])('denies %j', (headers, message) => {
    const response = guardControlPlane(request(headers), 'wire-names', '192.0.2.1');
    expect(response).toMatchObject({ status: 403, headers: { 'x-amzn-ErrorType': 'AccessDeniedException' } });
    expect(JSON.parse(String(response?.body))).toEqual({ message: expect.stringContaining(message) });
  });

  it('takes any address, but no other name, when it listens on all of them', () => {
    expect(guardControlPlane(request({ host: '192.0.2.2:4610' }), 'wire-names', '0.0.0.0')).toBeUndefined();
    expect(guardControlPlane(request({ host: 'attacker.example' }), 'wire-names', '0.0.0.0')?.status).toBe(403);
  });

  it('speaks the dialect of the request', () => {
    const response = guardControlPlane(request({ origin: 'null' }), 'member-names', '127.0.0.1');
    expect(Object.keys(JSON.parse(String(response?.body)) as object)).toEqual(['Message']);
  });
});
