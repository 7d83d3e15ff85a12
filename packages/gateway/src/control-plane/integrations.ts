import { ServiceError } from '../api/errors.ts';
import type { Configuration, IntegrationRecord, RouteRecord } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Integration } from '../model/resources.ts';
import { toStoredObject } from '../stores/api-heads.ts';
import { changeConfiguration, requireApi } from './change-api.ts';
import { type ControlPlaneContext, type Handlers, notFound } from './context.ts';
import { completeIntegration, type IntegrationMembers } from './integration-rules.ts';
import { lookUp, mergeMap, without } from './members.ts';
import { idsOfPage, type PageInput, readPage, toPage } from './paging.ts';
import { requireRoom } from './quotas.ts';

interface ApiInput {
  readonly apiId: string;
}

interface IntegrationInput extends ApiInput {
  readonly integrationId: string;
}

export const integrationHandlers: Handlers = {
  CreateIntegration(
    context,
    { apiId, ...members }: ApiInput & IntegrationMembers & Pick<Integration, 'integrationType'>,
  ) {
    return changeConfiguration(context, apiId, ({ integrations }) => {
      requireRoom('Integrations', Object.keys(integrations).length);
      const integrationId = createIdentifier('integration', (id) => Object.hasOwn(integrations, id));
      return putIntegration(integrations, completeIntegration({ ...members, integrationId }));
    });
  },

  async GetIntegration(context, { apiId, integrationId }: IntegrationInput) {
    const { configuration } = await requireApi(context, apiId);
    return readIntegration(context, configuration, integrationId);
  },

  async GetIntegrations(context, { apiId, ...input }: ApiInput & PageInput) {
    const page = readPage(input);
    const { integrations } = (await requireApi(context, apiId)).configuration;
    const hashes = idsOfPage(integrations, page).flatMap((id) => integrations[id] ?? []);
    const records = await context.records<IntegrationRecord>(hashes);
    const found = records.map(({ integration }) => integration);
    return toPage(page, found, ({ integrationId }) => integrationId);
  },

  UpdateIntegration(context, { apiId, integrationId, ...members }: IntegrationInput & IntegrationMembers) {
    return changeConfiguration(context, apiId, async (configuration) => {
      const current = await readIntegration(context, configuration, integrationId);
      const requestParameters = mergeMap(current.requestParameters, members.requestParameters);
      const integration = completeIntegration({
        ...current,
        ...members,
        ...(requestParameters ? { requestParameters } : {}),
      });
      return putIntegration(configuration.integrations, integration);
    });
  },

  DeleteIntegration(context, { apiId, integrationId }: IntegrationInput) {
    return changeConfiguration(context, apiId, async ({ integrations, routes }) => {
      if (lookUp(integrations, integrationId) === undefined) throw notFound('Integration');
      const records = await context.records<RouteRecord>(Object.values(routes));
      const users = records.filter(({ route }) => route.target === `integrations/${integrationId}`);
      if (users.length > 0) {
        const ids = users.map(({ route }) => route.routeId).sort();
        throw new ServiceError(
          'ConflictException',
          `Cannot delete Integration because it is referenced by the following Routes with Ids: [${ids.join(', ')}]`,
        );
      }
      return { configuration: { integrations: without(integrations, integrationId) }, result: undefined };
    });
  },
};

function putIntegration(integrations: Configuration['integrations'], integration: Integration) {
  const record: IntegrationRecord = { integration };
  const object = toStoredObject(record);
  return {
    configuration: { integrations: { ...integrations, [integration.integrationId]: object.hash } },
    objects: [object],
    result: integration,
  };
}

async function readIntegration(
  context: ControlPlaneContext,
  { integrations }: Configuration,
  integrationId: string,
): Promise<Integration> {
  const hash = lookUp(integrations, integrationId);
  const [record] = hash === undefined ? [] : await context.records<IntegrationRecord>([hash]);
  if (!record) throw notFound('Integration');
  return record.integration;
}
