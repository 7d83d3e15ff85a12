import { afterEach, describe, expect, it } from 'vitest';
import { domainKey } from '../stores/domain-heads.ts';
import { createMemoryStore } from '../stores/memory.ts';
import type { Store } from '../stores/store.ts';
import { createCustomDomains } from './custom-domains.ts';

const revisions = new Map<string, number>();
afterEach(() => revisions.clear());

/** Writes a domain as the control plane does, mapping key → stage of the API "a1b2c3d4e5". */
async function putDomain(store: Store, domainName: string, stages: Readonly<Record<string, string>>): Promise<void> {
  const apiMappings = Object.entries(stages).map(([apiMappingKey, stage], index) => {
    const key = apiMappingKey === '' ? {} : { apiMappingKey };
    return [`m${index}`, { apiMappingId: `m${index}`, apiId: 'a1b2c3d4e5', stage, ...key }];
  });
  const value = JSON.stringify({ domainName: { domainName }, apiMappings: Object.fromEntries(apiMappings) });
  const expectedRevision = revisions.get(domainName) ?? 0;
  await store.commit({ objects: [], heads: [{ key: domainKey(domainName), expectedRevision, value }] });
  revisions.set(domainName, expectedRevision + 1);
}

describe('custom domains', () => {
  it('gives the mappings of a domain by its name', async () => {
    const store = createMemoryStore();
    await putDomain(store, 'chat.example.com', { '': 'dev', 'v1/beta': 'prod' });
    const domains = createCustomDomains(store);
    expect(await domains.find('chat.example.com')).toEqual(
      new Map([
        ['', { apiId: 'a1b2c3d4e5', stage: 'dev' }],
        ['v1/beta', { apiId: 'a1b2c3d4e5', stage: 'prod' }],
      ]),
    );
    expect(domains.find('example.com')).toBeUndefined();
  });

  it('takes a wildcard for one label, and a name of its own before it', async () => {
    const store = createMemoryStore();
    await putDomain(store, '*.example.com', { '': 'any' });
    await putDomain(store, 'chat.example.com', { '': 'dev' });
    const domains = createCustomDomains(store);
    expect(await domains.find('chat.example.com')).toEqual(new Map([['', { apiId: 'a1b2c3d4e5', stage: 'dev' }]]));
    expect(domains.find('other.example.com')).toEqual(new Map([['', { apiId: 'a1b2c3d4e5', stage: 'any' }]]));
    expect(domains.find('a.b.example.com')).toBeUndefined();
    expect(domains.find('example.com')).toBeUndefined();
  });

  it('answers with a change as soon as its writer knows of it, also while it was reading', async () => {
    const store = createMemoryStore();
    await putDomain(store, 'chat.example.com', { '': 'dev' });
    const domains = createCustomDomains(store);
    const before = domains.find('chat.example.com');
    await putDomain(store, 'chat.example.com', { '': 'prod' });
    await before;
    expect(await domains.find('chat.example.com')).toEqual(new Map([['', { apiId: 'a1b2c3d4e5', stage: 'prod' }]]));
  });

  it('reads once for all who ask meanwhile, and answers at once from then on', async () => {
    const store = createMemoryStore();
    for (const name of ['a', 'b', 'c']) await putDomain(store, `${name}.example.com`, { '': 'dev' });
    let pages = 0;
    const domains = createCustomDomains({
      ...store,
      heads: (prefix, page) => {
        pages += 1;
        return store.heads(prefix, page);
      },
    });
    const found = await Promise.all([domains.find('a.example.com'), domains.find('c.example.com')]);
    expect(found.every((mappings) => mappings?.size === 1)).toBe(true);
    expect(pages).toBe(1);
    expect(domains.find('b.example.com')).not.toBeInstanceOf(Promise);
  });

  it('reads again after a failure', async () => {
    const store = createMemoryStore();
    let fails = true;
    const domains = createCustomDomains({
      ...store,
      heads: (prefix, page) => (fails ? Promise.reject(new Error('unreadable')) : store.heads(prefix, page)),
    });
    await expect(domains.find('chat.example.com')).rejects.toThrow('unreadable');
    fails = false;
    expect(await domains.find('chat.example.com')).toBeUndefined();
  });
});
