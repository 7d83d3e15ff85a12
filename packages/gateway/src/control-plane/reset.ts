import { apiKeyPrefix } from '../stores/api-heads.ts';
import { deploymentKeyPrefix } from '../stores/deployment-heads.ts';
import { domainKeyPrefix } from '../stores/domain-heads.ts';
import { readAllHeads } from '../stores/read-heads.ts';
import type { Store } from '../stores/store.ts';
import { vpcLinkKeyPrefix } from './vpc-links.ts';

const prefixes = [apiKeyPrefix, deploymentKeyPrefix, domainKeyPrefix, vpcLinkKeyPrefix];
const maximumAttempts = 8;

/**
 * Deletes everything that the control plane has configured, in one commit; what the node keeps for itself stays, so ids of
 * connections that were are still known as such.
 *
 * @throws Error when other writers keep being faster.
 */
export async function resetConfiguration(store: Store): Promise<void> {
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const heads = (await Promise.all(prefixes.map((prefix) => readAllHeads(store, prefix)))).flat();
    if (heads.length === 0) return;
    const deletions = heads.map(({ key, revision }) => ({ key, expectedRevision: revision }));
    if ((await store.commit({ objects: [], heads: deletions })).kind === 'committed') return;
  }
  throw new Error('The configuration changes faster than it can be deleted.');
}
