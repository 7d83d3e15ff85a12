import { ServiceError } from '../api/errors.ts';
import type { ApiHead } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { ApiMapping } from '../model/resources.ts';
import { apiKey, type RevisedApiHead } from '../stores/api-heads.ts';
import { type DomainRecord, domainKey } from '../stores/domain-heads.ts';
import type { HeadChange } from '../stores/store.ts';
import type { ControlPlaneContext, Handlers } from './context.ts';
import { checkMutualTls, domainNotFound, requireDomain } from './domain-names.ts';
import { holdApi, requireApi } from './heads/change-api.ts';
import { changeHead } from './heads/change-head.ts';
import { lookUp, without, withValues } from './members.ts';
import { idsOfPage, type PageInput, readPage, toPage } from './paging.ts';
import { badRequest } from './refuse.ts';

interface DomainInput {
  readonly domainName: string;
}

interface ApiMappingInput extends DomainInput {
  readonly apiMappingId: string;
}

type ApiMappingMembers = Partial<Omit<ApiMapping, 'apiMappingId'>>;

export const apiMappingHandlers: Handlers = {
  CreateApiMapping(context, { domainName, ...members }: DomainInput & ApiMappingMembers) {
    return changeMappings(context, domainName, async (record) => {
      const apiMappingId = createIdentifier('apiMapping', (id) => Object.hasOwn(record.apiMappings, id));
      return putMapping(context, record, { ...members, apiMappingId });
    });
  },

  async GetApiMapping(context, { domainName, apiMappingId }: ApiMappingInput) {
    return findMapping(await requireDomain(context, domainName), apiMappingId);
  },

  async GetApiMappings(context, { domainName, ...input }: DomainInput & PageInput) {
    const page = readPage(`domainnames/${domainName.toLowerCase()}/apimappings`, input);
    const { apiMappings } = await requireDomain(context, domainName);
    const found = idsOfPage(apiMappings, page).flatMap((id) => apiMappings[id] ?? []);
    return toPage(page, found, ({ apiMappingId }) => apiMappingId);
  },

  UpdateApiMapping(context, { domainName, apiMappingId, ...members }: ApiMappingInput & ApiMappingMembers) {
    return changeMappings(context, domainName, async (record) =>
      putMapping(context, record, { ...findMapping(record, apiMappingId), ...members }),
    );
  },

  DeleteApiMapping(context, { domainName, apiMappingId }: ApiMappingInput) {
    return changeMappings(context, domainName, async (record) => {
      findMapping(record, apiMappingId);
      return { apiMappings: without(record.apiMappings, apiMappingId), result: undefined };
    });
  },
};

interface MappingChange<Result> extends Pick<DomainRecord, 'apiMappings'> {
  readonly others?: readonly HeadChange[];
  readonly result: Result;
}

function changeMappings<Result>(
  context: ControlPlaneContext,
  domainName: string,
  change: (record: DomainRecord) => Promise<MappingChange<Result>>,
): Promise<Result> {
  return changeHead<DomainRecord, Result>(context, domainKey(domainName), async (current) => {
    if (!current) throw domainNotFound();
    const { apiMappings, ...changed } = await change(current);
    return { ...changed, value: { ...current, apiMappings } };
  });
}

/**
 * The developer guide, "Use API mappings": characters of a key, and the quota per domain. A path is looked up by its segments,
 * so that a key with an empty one would never be found.
 */
const keyCharacters = /^[A-Za-z0-9$\-_.+!*'()/]+$/;
const keySegments = /^[^/]+(\/[^/]+)*$/;
const maximumKeyLength = 300;
const maximumMappings = 200;

async function putMapping(
  context: ControlPlaneContext,
  record: DomainRecord,
  members: ApiMappingMembers & Pick<ApiMapping, 'apiMappingId'>,
): Promise<MappingChange<ApiMapping>> {
  const { apiId, stage, ...others } = withValues(members);
  if (apiId === undefined) throw badRequest('ApiId is required.');
  if (stage === undefined) throw badRequest('Stage is required.');
  const mapping: ApiMapping = { ...others, apiId, stage };
  const api = await requireTarget(context, mapping);
  await checkProtocol(context, record, mapping, api.head);
  checkKey(mapping, record);
  const apiMappings = { ...record.apiMappings, [mapping.apiMappingId]: mapping };
  return { apiMappings, others: [holdApi(api)], result: mapping };
}

function checkKey({ apiMappingId, apiMappingKey }: ApiMapping, { apiMappings }: DomainRecord): void {
  if (apiMappingKey !== undefined && !keyCharacters.test(apiMappingKey)) {
    throw badRequest("An ApiMapping key may contain only letters, numbers and one of $-_.+!*'()");
  }
  const isKey =
    apiMappingKey === undefined || (keySegments.test(apiMappingKey) && apiMappingKey.length <= maximumKeyLength);
  if (!isKey) {
    throw badRequest(
      `ApiMappingKey is "${apiMappingKey.slice(0, maximumKeyLength)}"; expected up to ${maximumKeyLength} characters, with single slashes between.`,
    );
  }
  const others = Object.values(without(apiMappings, apiMappingId));
  if (others.some((other) => other.apiMappingKey === apiMappingKey)) {
    throw new ServiceError('ConflictException', 'ApiMapping key already exists for this domain name');
  }
  if (others.length < maximumMappings) return;
  throw new ServiceError(
    'TooManyRequestsException',
    'Maximum number of API mappings for this domain name has been reached.',
    { limitType: 'ApiMappingsPerDomainName' },
  );
}

/** Observed: what a mapping names wrongly is a bad request, and not something that is missing. */
async function requireTarget(context: ControlPlaneContext, { apiId, stage }: ApiMapping): Promise<RevisedApiHead> {
  const found = await context.heads.read<ApiHead>(apiKey(apiId));
  if (!found) throw badRequest('Invalid API identifier specified');
  if (!lookUp(found.value.stages, stage)) throw badRequest('Invalid stage identifier specified');
  return { head: found.value, revision: found.revision };
}

/** The developer guide, "Custom domain names for WebSocket APIs": such a domain is for WebSocket APIs alone. */
async function checkProtocol(
  context: ControlPlaneContext,
  { apiMappings, domainName }: DomainRecord,
  { apiMappingId }: ApiMapping,
  { api }: ApiHead,
): Promise<void> {
  checkMutualTls(domainName, api);
  const [other] = Object.values(without(apiMappings, apiMappingId));
  if (other === undefined) return;
  const mapped = await requireApi(context, other.apiId);
  if (mapped.api.protocolType === api.protocolType) return;
  throw badRequest(
    `The domain name is mapped to APIs of protocol ${mapped.api.protocolType}; one of protocol ${api.protocolType} cannot share it.`,
  );
}

function findMapping({ apiMappings }: DomainRecord, apiMappingId: string): ApiMapping {
  const mapping = lookUp(apiMappings, apiMappingId);
  if (mapping) return mapping;
  throw new ServiceError('NotFoundException', 'The api mapping resource specified in the request was not found.', {
    resourceType: 'ApiMapping',
  });
}
