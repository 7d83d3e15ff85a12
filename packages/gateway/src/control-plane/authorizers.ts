import type { Configuration } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Authorizer } from '../model/resources.ts';
import { toStoredObject } from '../stores/api-heads.ts';
import { type AuthorizerMembers, completeAuthorizer } from './authorizer-rules.ts';
import type { ControlPlaneContext, Handlers } from './context.ts';
import { changeConfiguration, requireApi } from './heads/change-api.ts';
import { readRecord, recordsOfPage, requireNoRoute } from './heads/records.ts';
import { without } from './members.ts';
import { type PageInput, readPage, toPage } from './paging.ts';
import { requireRoom } from './quotas.ts';
import { badRequest } from './refuse.ts';

interface ApiInput {
  readonly apiId: string;
}

interface AuthorizerInput extends ApiInput {
  readonly authorizerId: string;
}

export const authorizerHandlers: Handlers = {
  CreateAuthorizer(context, { apiId, ...members }: ApiInput & AuthorizerMembers) {
    return changeConfiguration(context, apiId, async ({ authorizers }, api) => {
      requireRoom(context, 'authorizers', Object.keys(authorizers).length);
      const authorizerId = createIdentifier('authorizer', (id) => Object.hasOwn(authorizers, id));
      const authorizer = completeAuthorizer({ ...members, authorizerId }, api.protocolType);
      await requireUniqueName(context, authorizers, authorizer);
      return putAuthorizer(authorizers, authorizer);
    });
  },

  async GetAuthorizer(context, { apiId, authorizerId }: AuthorizerInput) {
    const { configuration } = await requireApi(context, apiId);
    return readRecord<Authorizer>(context, configuration.authorizers, authorizerId, 'Authorizer');
  },

  async GetAuthorizers(context, { apiId, ...input }: ApiInput & PageInput) {
    const page = readPage(`apis/${apiId}/authorizers`, input);
    const { authorizers } = (await requireApi(context, apiId)).configuration;
    const found = await recordsOfPage<Authorizer>(context, authorizers, page);
    return toPage(page, found, ({ authorizerId }) => authorizerId);
  },

  UpdateAuthorizer(context, { apiId, authorizerId, ...members }: AuthorizerInput & AuthorizerMembers) {
    return changeConfiguration(context, apiId, async ({ authorizers }, api) => {
      const current = await readRecord<Authorizer>(context, authorizers, authorizerId, 'Authorizer');
      const authorizer = completeAuthorizer({ ...current, ...members }, api.protocolType);
      if (authorizer.name !== current.name) await requireUniqueName(context, authorizers, authorizer);
      return putAuthorizer(authorizers, authorizer);
    });
  },

  DeleteAuthorizer(context, { apiId, authorizerId }: AuthorizerInput) {
    return changeConfiguration(context, apiId, async ({ authorizers, routes }) => {
      await readRecord(context, authorizers, authorizerId, 'Authorizer');
      await requireNoRoute(context, routes, 'Authorizer', (route) => route.authorizerId === authorizerId);
      return { configuration: { authorizers: without(authorizers, authorizerId) }, result: undefined };
    });
  },
};

/**
 * In the words and with the status of the service, which calls an API so.
 *
 * @throws ServiceError `BadRequestException` when another authorizer of the API has the name.
 */
async function requireUniqueName(
  context: ControlPlaneContext,
  authorizers: Configuration['authorizers'],
  { authorizerId, name }: Authorizer,
): Promise<void> {
  const records = await context.records<Authorizer>(Object.values(authorizers));
  if (!records.some((other) => other.name === name && other.authorizerId !== authorizerId)) return;
  throw badRequest(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`);
}

function putAuthorizer(authorizers: Configuration['authorizers'], authorizer: Authorizer) {
  const object = toStoredObject(authorizer);
  return {
    configuration: { authorizers: { ...authorizers, [authorizer.authorizerId]: object.hash } },
    objects: [object],
    result: authorizer,
  };
}
