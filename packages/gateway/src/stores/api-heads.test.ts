import { describe, expect, it } from 'vitest';
import type { ApiHead } from '../model/api-head.ts';
import { apiIdOfKey, apiKey, readApiHead, readDeployedConfiguration, toStoredObject } from './api-heads.ts';
import { createMemoryStore } from './memory.ts';

describe('toStoredObject', () => {
  it('gives equal values equal names, whatever the order of their members', () => {
    expect(toStoredObject({ a: 1, b: { d: [2, 1], c: 3 } })).toEqual(toStoredObject({ b: { c: 3, d: [2, 1] }, a: 1 }));
    expect(toStoredObject([1, 2]).hash).not.toBe(toStoredObject([2, 1]).hash);
  });

  it('names a value by the SHA-256 of its text', () => {
    expect(toStoredObject({ b: 1, a: 'é' })).toEqual({
      hash: 'aa58fba8483623bed37c1b02edfccbdd9a53123837c20bfa4cb4049993a2872e',
      value: '{"a":"é","b":1}',
    });
  });

  it('keeps a key "__proto__"', () => {
    expect(toStoredObject(JSON.parse('{"b":1,"__proto__":{"a":1}}')).value).toBe('{"__proto__":{"a":1},"b":1}');
  });
});

describe('heads of APIs', () => {
  it('are found by the id of the API', async () => {
    expect([apiKey('a1'), apiIdOfKey('api/a1'), apiIdOfKey('gateway')]).toEqual(['api/a1', 'a1', undefined]);
    const store = createMemoryStore();
    expect(await readApiHead(store, 'a1')).toBeUndefined();
    await store.commit({ objects: [], heads: [{ key: 'api/a1', expectedRevision: 0, value: '{"stages":{}}' }] });
    expect(await readApiHead(store, 'a1')).toEqual({ head: { stages: {} }, revision: 1 });
  });

  it('lead to the configuration of a deployment', async () => {
    const store = createMemoryStore();
    const configuration = {
      disableExecuteApiEndpoint: false,
      routeSelectionExpression: '$request.body.action',
      routes: {},
      integrations: {},
      models: {},
      authorizers: {},
    };
    const snapshot = toStoredObject(configuration);
    await store.commit({ objects: [snapshot], heads: [] });
    const head = { deployed: { d1: snapshot.hash } } as unknown as ApiHead;
    expect(await readDeployedConfiguration(store, head, 'd1')).toEqual(configuration);
    expect(await readDeployedConfiguration(store, head, 'd2')).toBeUndefined();
  });
});
