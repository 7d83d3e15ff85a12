import type { Configuration, IntegrationRecord } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Integration } from '../model/resources.ts';
import { toStoredObject } from '../stores/api-heads.ts';
import type { ControlPlaneContext, Handlers } from './context.ts';
import { type ConfigurationChange, changeConfiguration, requireApi } from './heads/change-api.ts';
import { readRecord, recordsOfPage, requireNoRoute } from './heads/records.ts';
import { completeHttpIntegration } from './http-apis/integration-rules.ts';
import { completeIntegration, type IntegrationMembers } from './integration-rules.ts';
import { mergeMap, without } from './members.ts';
import { type PageInput, readPage, toPage } from './paging.ts';
import { requireRoom } from './quotas.ts';
import { badRequest } from './refuse.ts';

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
    return changeConfiguration(context, apiId, ({ integrations }, api) => {
      const complete = api.protocolType === 'HTTP' ? completeHttpIntegration : completeIntegration;
      requireRoom(context, 'integrations', Object.keys(integrations).length);
      const integrationId = createIdentifier('integration', (id) => Object.hasOwn(integrations, id));
      const integration = complete({ ...members, integrationId });
      return { ...putIntegration(integrations, { integration, integrationResponses: {} }), result: integration };
    });
  },

  async GetIntegration(context, { apiId, integrationId }: IntegrationInput) {
    const { configuration } = await requireApi(context, apiId);
    return (await readIntegration(context, configuration, integrationId)).integration;
  },

  async GetIntegrations(context, { apiId, ...input }: ApiInput & PageInput) {
    const page = readPage(`apis/${apiId}/integrations`, input);
    const { integrations } = (await requireApi(context, apiId)).configuration;
    const records = await recordsOfPage<IntegrationRecord>(context, integrations, page);
    const found = records.map(({ integration }) => integration);
    return toPage(page, found, ({ integrationId }) => integrationId);
  },

  UpdateIntegration(context, { apiId, integrationId, ...members }: IntegrationInput & IntegrationMembers) {
    return changeConfiguration(context, apiId, async (configuration, api) => {
      const complete = api.protocolType === 'HTTP' ? completeHttpIntegration : completeIntegration;
      const current = await readIntegration(context, configuration, integrationId);
      const integration = complete({
        ...current.integration,
        ...members,
        ...mergeParameters(current.integration, members),
      });
      return { ...putIntegration(configuration.integrations, { ...current, integration }), result: integration };
    });
  },

  DeleteIntegration(context, { apiId, integrationId }: IntegrationInput) {
    return changeConfiguration(context, apiId, async (configuration) => {
      const { integrations, routes } = configuration;
      requireUnmanaged(await readIntegration(context, configuration, integrationId));
      const target = `integrations/${integrationId}`;
      await requireNoRoute(context, routes, 'Integration', (route) => route.target === target);
      return { configuration: { integrations: without(integrations, integrationId) }, result: undefined };
    });
  },
};

/** Integration, "apiGatewayManaged": what is managed can be changed and stays. */
function requireUnmanaged({ integration }: IntegrationRecord): void {
  if (!integration.apiGatewayManaged) return;
  throw badRequest('The integration that quick create made can be updated and not deleted.');
}

/** Parameters are merged, those of responses by status; a status that is left with none goes. */
function mergeParameters(
  current: Integration,
  members: IntegrationMembers,
): Pick<Integration, 'requestParameters' | 'responseParameters'> {
  const requestParameters = mergeMap(current.requestParameters, members.requestParameters);
  const responseParameters = mergeMap(current.responseParameters, members.responseParameters);
  return {
    ...(requestParameters ? { requestParameters } : {}),
    ...(responseParameters ? { responseParameters: withoutEmpty(responseParameters) } : {}),
  };
}

function withoutEmpty<Value extends object>(maps: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(maps).filter(([, map]) => Object.keys(map).length > 0));
}

/** The part of a configuration change that writes an integration, with what stands below it. */
export function putIntegration(
  integrations: Configuration['integrations'],
  record: IntegrationRecord,
): Omit<ConfigurationChange<never>, 'result'> {
  const object = toStoredObject(record);
  return {
    configuration: { integrations: { ...integrations, [record.integration.integrationId]: object.hash } },
    objects: [object],
  };
}

/** @throws ServiceError `NotFoundException` */
export function readIntegration(
  context: ControlPlaneContext,
  { integrations }: Configuration,
  integrationId: string,
): Promise<IntegrationRecord> {
  return readRecord(context, integrations, integrationId, 'Integration');
}
