import { ServiceError } from '../api/errors.ts';
import type { ApiMapping, DomainName } from '../model/resources.ts';
import type { ControlPlaneContext } from './context.ts';

/** Heads of custom domains are kept under this prefix, followed by the domain's name. */
export const domainKeyPrefix = 'domain/';

export function domainKey(domainName: string): string {
  return domainKeyPrefix + domainName;
}

/** A custom domain with the mappings that exist only below it: one head. */
export interface DomainRecord {
  readonly domainName: DomainName;
  readonly apiMappings: Readonly<Record<string, ApiMapping>>;
}

/**
 * Looks before a deletion; a mapping that is made at the same moment escapes it.
 *
 * @throws ServiceError `ConflictException` when a custom domain maps to the API, or to the stage if one is named.
 */
export async function requireNoMapping(context: ControlPlaneContext, apiId: string, stage?: string): Promise<void> {
  for await (const { domainName, apiMappings } of allDomains(context)) {
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

const pageSize = 100;

async function* allDomains({ store }: ControlPlaneContext): AsyncGenerator<DomainRecord> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const heads = await store.heads(domainKeyPrefix, { after, limit: pageSize });
    for (const { value } of heads) yield JSON.parse(value) as DomainRecord;
    after = heads.length < pageSize ? undefined : heads.at(-1)?.key;
  }
}
