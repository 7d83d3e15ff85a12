import { readDomains } from '../stores/domain-heads.ts';
import type { ControlPlaneContext } from './context.ts';
import { badRequest } from './refuse.ts';

/**
 * The last look before the head of an API is changed: a mapping is made in one commit with the head of its API, so that either
 * it is seen here or the change conflicts. The words for an API were observed; those for a stage follow them.
 *
 * @throws ServiceError `BadRequestException` when a custom domain maps to the API, or to the stage if one is named.
 */
export async function requireNoMapping(context: ControlPlaneContext, apiId: string, stage?: string): Promise<void> {
  for await (const { apiMappings } of readDomains(context.store)) {
    const isMapped = Object.values(apiMappings).some(
      (mapping) => mapping.apiId === apiId && (stage === undefined || mapping.stage === stage),
    );
    if (!isMapped) continue;
    const [subject, name] = stage === undefined ? ['API', apiId] : ['stage', stage];
    throw badRequest(
      `Deleting ${subject} ${name} failed. Please remove all API mappings for the ${subject} from your custom domain names.`,
    );
  }
}
