import { apiKeyPrefix } from '../stores/api-heads.ts';
import { deploymentKeyPrefix } from '../stores/deployment-heads.ts';
import { domainKeyPrefix } from '../stores/domain-heads.ts';
import type { Head, Store } from '../stores/store.ts';
import { vpcLinkKeyPrefix } from './vpc-links.ts';

const prefixes = [apiKeyPrefix, deploymentKeyPrefix, domainKeyPrefix, vpcLinkKeyPrefix];
const pageSize = 500;
const maximumAttempts = 8;

/**
 * Deletes everything that the control plane has configured, in one commit; what the node keeps for itself stays, so ids of
 * connections that were are still known as such.
 *
 * @throws Error when other writers keep being faster.
 */
export async function resetConfiguration(store: Store): Promise<void> {
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const heads = await readHeads(store);
    if (heads.length === 0) return;
    const deletions = heads.map(({ key, revision }) => ({ key, expectedRevision: revision }));
    if ((await store.commit({ objects: [], heads: deletions })).kind === 'committed') return;
  }
  throw new Error('The configuration changes faster than it can be deleted.');
}

async function readHeads(store: Store): Promise<readonly Head[]> {
  const found: Head[] = [];
  for (const prefix of prefixes) {
    let page: readonly Head[] = await store.heads(prefix, { limit: pageSize });
    found.push(...page);
    while (page.length === pageSize) {
      page = await store.heads(prefix, { after: page.at(-1)?.key ?? '', limit: pageSize });
      found.push(...page);
    }
  }
  return found;
}
