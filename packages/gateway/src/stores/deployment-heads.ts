import type { DeploymentRecord } from '../model/api-head.ts';
import type { HeadChange } from './store.ts';

/** Deployments are kept under this prefix, followed by the ids of their API and their own. */
export const deploymentKeyPrefix = 'deployment/';

/** The prefix of an API's deployments. */
export function deploymentsKeyPrefix(apiId: string): string {
  return `${deploymentKeyPrefix}${apiId}/`;
}

export function deploymentKey(apiId: string, deploymentId: string): string {
  return deploymentsKeyPrefix(apiId) + deploymentId;
}

/** @param expectedRevision the revision that was read; 0 for a deployment that is new */
export function putDeployment(apiId: string, record: DeploymentRecord, expectedRevision: number): HeadChange {
  const key = deploymentKey(apiId, record.deployment.deploymentId);
  return { key, expectedRevision, value: JSON.stringify(record) };
}
