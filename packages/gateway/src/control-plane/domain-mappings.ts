import { ServiceError } from '../api/errors.ts';
import { readDomains } from '../stores/domain-heads.ts';
import type { ControlPlaneContext } from './context.ts';

/**
 * Looks before a deletion; a mapping that is made at the same moment escapes it.
 *
 * @throws ServiceError `ConflictException` when a custom domain maps to the API, or to the stage if one is named.
 */
export async function requireNoMapping(context: ControlPlaneContext, apiId: string, stage?: string): Promise<void> {
  for await (const { domainName, apiMappings } of readDomains(context.store)) {
    const mapping = Object.values(apiMappings).find(
      (candidate) => candidate.apiId === apiId && (stage === undefined || candidate.stage === stage),
    );
    if (!mapping) continue;
    const subject = stage === undefined ? 'API' : 'stage';
    throw new ServiceError(
      'ConflictException',
      `Cannot delete ${subject} because it is referenced by the mapping ${mapping.apiMappingId} of the domain name ${domainName.domainName}`,
    );
  }
}
