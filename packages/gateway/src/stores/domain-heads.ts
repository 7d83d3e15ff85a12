import type { ApiMapping, DomainName } from '../model/resources.ts';
import { readHeads } from './read-heads.ts';
import type { Store } from './store.ts';

/** Heads of custom domains are kept under this prefix, followed by the domain's name. */
export const domainKeyPrefix = 'domain/';

/** Names that differ in case alone are one: RFC 4343. */
export function domainKey(domainName: string): string {
  return domainKeyPrefix + domainName.toLowerCase();
}

/** A custom domain with the mappings that exist only below it: one head. */
export interface DomainRecord {
  readonly domainName: DomainName;
  readonly apiMappings: Readonly<Record<string, ApiMapping>>;
}

/** Every custom domain, in the order of their names. */
export async function* readDomains(store: Store): AsyncGenerator<DomainRecord> {
  for await (const { value } of readHeads(store, domainKeyPrefix)) yield JSON.parse(value) as DomainRecord;
}
