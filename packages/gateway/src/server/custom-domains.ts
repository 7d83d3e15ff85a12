import { domainKeyPrefix, readDomains } from '../stores/domain-heads.ts';
import type { Store } from '../stores/store.ts';

/** The stage of an API that a custom domain is mapped to. */
interface MappedStage {
  readonly apiId: string;
  readonly stage: string;
}

/** API mapping key → stage; the empty key is the domain's root. */
export type ApiMappings = ReadonlyMap<string, MappedStage>;

/** The custom domains of this gateway, as the control plane last acknowledged them. */
export interface CustomDomains {
  /** The mappings of the domain that a host name, in lower case, belongs to. A promise only while they are being read. */
  find(hostName: string): ApiMappings | undefined | Promise<ApiMappings | undefined>;
  close(): void;
}

type Domains = ReadonlyMap<string, ApiMappings>;

export function createCustomDomains(store: Store): CustomDomains {
  let known: Domains | undefined;
  let reading: Promise<Domains> | undefined;

  const read = async (): Promise<Domains> => {
    const current = readAll(store);
    reading = current;
    try {
      const domains = await current;
      if (reading === current) known = domains;
      return domains;
    } finally {
      if (reading === current) reading = undefined;
    }
  };
  const close = store.subscribe((changedKeys) => {
    if (!changedKeys.some((key) => key.startsWith(domainKeyPrefix))) return;
    known = undefined;
    reading = undefined;
  });
  return {
    find(hostName) {
      if (known) return lookUp(known, hostName);
      return (reading ?? read()).then((domains) => lookUp(domains, hostName));
    },
    close,
  };
}

async function readAll(store: Store): Promise<Domains> {
  const domains = new Map<string, ApiMappings>();
  for await (const { domainName, apiMappings } of readDomains(store)) {
    const mappings = Object.values(apiMappings).map(
      ({ apiMappingKey = '', apiId, stage }) => [apiMappingKey, { apiId, stage }] as const,
    );
    domains.set(domainName.domainName.toLowerCase(), new Map(mappings));
  }
  return domains;
}

/** A name of its own wins over a wildcard, which stands for one label. */
function lookUp(domains: Domains, hostName: string): ApiMappings | undefined {
  if (domains.size === 0) return undefined;
  return domains.get(hostName) ?? domains.get(hostName.replace(/^[^.]+\./, '*.'));
}
