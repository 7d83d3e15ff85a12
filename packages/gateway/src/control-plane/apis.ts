import { isDeepStrictEqual } from 'node:util';
import { ServiceError } from '../api/errors.ts';
import type { HttpRequest } from '../http-message.ts';
import type { ApiHead, Configuration } from '../model/api-head.ts';
import { createIdentifier, identifierLengths } from '../model/identifiers.ts';
import type { Api } from '../model/resources.ts';
import { parseSelectionExpression } from '../model/selection-expression.ts';
import { apiKey, apiKeyPrefix } from '../stores/api-heads.ts';
import { type ControlPlaneContext, type Handlers, timestamp } from './context.ts';
import { deployAutomatically } from './deploying/auto-deploy.ts';
import { requireNoMapping } from './domain-mappings.ts';
import { changeApi, deleteApi, putApi, requireApi } from './heads/change-api.ts';
import { checkHttpApi, httpRouteSelectionExpression } from './http-apis/http-apis.ts';
import {
  changeQuickCreated,
  type QuickCreateMembers,
  quickCreate,
  quickCreateMembers,
} from './http-apis/quick-create.ts';
import { withValues } from './members.ts';
import { type PageInput, readPage, toPage } from './paging.ts';
import { requireRoomForApi } from './quotas.ts';
import { badRequest, refuseMembers } from './refuse.ts';

type WritableMembers = Partial<Omit<Api, 'apiId' | 'createdDate' | 'protocolType' | 'tags'>>;

interface CreateApiInput extends WritableMembers, QuickCreateMembers {
  readonly name: string;
  readonly protocolType: string;
  readonly tags?: Readonly<Record<string, string>>;
}

interface ApiInput {
  readonly apiId: string;
}

/** Members of CreateApi and UpdateApi that are for HTTP APIs. */
const httpMembers = ['corsConfiguration', ...quickCreateMembers];

/** Those that are for WebSocket APIs: there are no models elsewhere. */
const webSocketMembers = ['disableSchemaValidation'];

/** API Gateway developer guide, "Selection expressions": the two sources of an API key. */
const apiKeySelectionExpressions = ['$request.header.x-api-key', '$context.authorizer.usageIdentifierKey'];

const chosenApiIdHeader = 'x-gatewright-api-id';

export const apiHandlers: Handlers = {
  async CreateApi(context, input: CreateApiInput, headers) {
    const { tags = {}, protocolType, ...others } = input;
    const { members, quick } = splitMembers(others);
    if (protocolType !== 'WEBSOCKET' && protocolType !== 'HTTP') {
      throw badRequest('Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]');
    }
    refuseMembersOfOther(protocolType, input);
    await requireRoomForApi(context);
    const api: Api = {
      ...completeApi({
        ...members,
        apiId: chosenApiId(context, headers) ?? (await createApiId(context)),
        createdDate: timestamp(context),
        protocolType,
      }),
      ...(Object.keys(tags).length > 0 ? { tags } : {}),
    };
    const configuration = { ...deployedMembers(api), routes: {}, integrations: {}, models: {}, authorizers: {} };
    const incarnation = createIdentifier('incarnation', () => false);
    const head = { incarnation, api, configuration, deployed: {}, stages: {} };
    await putApi(context, await quickCreate(context, head, quick));
    return representApi(context, api);
  },

  async GetApi(context, { apiId }: ApiInput) {
    return representApi(context, (await requireApi(context, apiId)).api);
  },

  async GetApis(context, input: PageInput) {
    const page = readPage('apis', input);
    const range = { after: apiKey(page.after), limit: page.limit + 1 };
    const apis = (await context.heads.list<ApiHead>(apiKeyPrefix, range)).map(({ api }) => representApi(context, api));
    return toPage(page, apis, ({ apiId }) => apiId);
  },

  UpdateApi(context, { apiId, ...input }: ApiInput & WritableMembers & QuickCreateMembers) {
    const { members, quick } = splitMembers(input);
    return changeApi(context, apiId, async (head) => {
      refuseMembersOfOther(head.api.protocolType, input);
      const { corsConfiguration = {}, ...others } = members;
      // An object without members was reported to change nothing.
      const cors = Object.keys(corsConfiguration).length > 0 ? { corsConfiguration } : {};
      const api = completeApi({ ...head.api, ...others, ...cors });
      const result = representApi(context, api);
      const { head: quickly, objects } = await changeQuickCreated(context, head, quick);
      const changed = { ...quickly, api, configuration: { ...quickly.configuration, ...deployedMembers(api) } };
      const isDeployable = !isDeepStrictEqual(changed.configuration, head.configuration);
      return { ...(isDeployable ? await deployAutomatically(context, changed, objects) : { head: changed }), result };
    });
  },

  async DeleteApi(context, { apiId }: ApiInput) {
    await deleteApi(context, apiId, () => requireNoMapping(context, apiId));
    return undefined;
  },
};

function refuseMembersOfOther(protocolType: Api['protocolType'], members: object): void {
  refuseMembers(members, protocolType === 'HTTP' ? webSocketMembers : httpMembers, protocolType);
}

/** Those of an API itself, and those of what quick create makes below it. */
function splitMembers<Input extends QuickCreateMembers>({ target, routeKey, credentialsArn, ...members }: Input) {
  return { members, quick: { target, routeKey, credentialsArn } };
}

/**
 * Fills defaults in and checks what no single member can tell.
 *
 * @throws ServiceError `BadRequestException`
 */
function completeApi(
  members: WritableMembers & Pick<Api, 'apiId' | 'createdDate' | 'name' | 'protocolType' | 'tags'>,
): Api {
  const { routeSelectionExpression = defaultSelection(members), ...others } = withValues(members);
  if (routeSelectionExpression === undefined) {
    throw badRequest('RouteSelectionExpression is required for WEBSOCKET protocol Apis.');
  }
  const api: Api = {
    apiKeySelectionExpression: '$request.header.x-api-key',
    disableExecuteApiEndpoint: false,
    ipAddressType: 'ipv4',
    ...others,
    routeSelectionExpression,
  };
  if (api.protocolType === 'HTTP') checkHttpApi(api);
  else checkRouteSelection(api);
  if (!apiKeySelectionExpressions.includes(api.apiKeySelectionExpression)) {
    throw badRequest(
      `ApiKeySelectionExpression is "${api.apiKeySelectionExpression}"; expected one of ${apiKeySelectionExpressions.join(', ')}.`,
    );
  }
  return api;
}

function checkRouteSelection({ routeSelectionExpression }: Api): void {
  const parsed = parseSelectionExpression(routeSelectionExpression);
  if (parsed.kind === 'invalid') throw badRequest(parsed.message);
}

function defaultSelection({ protocolType }: Pick<Api, 'protocolType'>): string | undefined {
  return protocolType === 'HTTP' ? httpRouteSelectionExpression : undefined;
}

/** The members of an API that take effect when it is deployed. */
function deployedMembers({
  disableExecuteApiEndpoint,
  routeSelectionExpression,
}: Api): Pick<Configuration, 'disableExecuteApiEndpoint' | 'routeSelectionExpression'> {
  return { disableExecuteApiEndpoint, routeSelectionExpression };
}

function representApi(context: ControlPlaneContext, api: Api): Api & { readonly apiEndpoint: string } {
  const endpoint = context.apiEndpoint(api.apiId);
  return { ...api, apiEndpoint: api.protocolType === 'HTTP' ? endpoint.replace(/^ws/, 'http') : endpoint };
}

function chosenApiId(context: ControlPlaneContext, headers: HttpRequest['headers']): string | undefined {
  const chosen = headers[chosenApiIdHeader];
  if (!context.allowChosenApiIds || chosen === undefined) return undefined;
  if (typeof chosen === 'string' && /^[a-z0-9]{10}$/.test(chosen)) return chosen;
  throw badRequest(
    `The header ${chosenApiIdHeader} is "${String(chosen).slice(0, 100)}"; expected ${identifierLengths.api} characters of a-z and 0-9.`,
  );
}

/** Draws an id that no API has. Two at once cannot draw the same: there are 36¹⁰ of them. */
async function createApiId(context: ControlPlaneContext): Promise<string> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const id = createIdentifier('api', () => false);
    if ((await context.store.head(apiKey(id))) === undefined) return id;
  }
  throw new ServiceError('ConflictException', 'No unused API identifier was found. Please try again later.');
}
