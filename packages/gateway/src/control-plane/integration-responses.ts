import { ServiceError } from '../api/errors.ts';
import type { IntegrationRecord } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { IntegrationResponse } from '../model/resources.ts';
import { type ControlPlaneContext, type Handlers, notFound } from './context.ts';
import { changeConfiguration, requireApi } from './heads/change-api.ts';
import { completeIntegrationResponse, type IntegrationResponseMembers } from './integration-response-rules.ts';
import { putIntegration, readIntegration } from './integrations.ts';
import { lookUp, mergeMap, without } from './members.ts';
import { idsOfPage, type PageInput, readPage, toPage } from './paging.ts';
import { requireWebSocketApi } from './refuse.ts';

interface IntegrationInput {
  readonly apiId: string;
  readonly integrationId: string;
}

interface IntegrationResponseInput extends IntegrationInput {
  readonly integrationResponseId: string;
}

export const integrationResponseHandlers: Handlers = {
  CreateIntegrationResponse(
    context,
    { apiId, integrationId, ...members }: IntegrationInput & IntegrationResponseMembers,
  ) {
    return changeRecord(context, { apiId, integrationId }, (record) => {
      const isTaken = (id: string): boolean => Object.hasOwn(record.integrationResponses, id);
      const integrationResponseId = createIdentifier('integrationResponse', isTaken);
      const response = completeIntegrationResponse({ ...members, integrationResponseId });
      return { record: putResponse(record, response), result: response };
    });
  },

  async GetIntegrationResponse(context, { integrationResponseId, ...input }: IntegrationResponseInput) {
    return findResponse(await requireRecord(context, input), integrationResponseId);
  },

  async GetIntegrationResponses(context, { apiId, integrationId, ...input }: IntegrationInput & PageInput) {
    const page = readPage(`apis/${apiId}/integrations/${integrationId}/integrationresponses`, input);
    const { integrationResponses } = await requireRecord(context, { apiId, integrationId });
    const found = idsOfPage(integrationResponses, page).flatMap((id) => integrationResponses[id] ?? []);
    return toPage(page, found, ({ integrationResponseId }) => integrationResponseId);
  },

  UpdateIntegrationResponse(
    context,
    { apiId, integrationId, integrationResponseId, ...members }: IntegrationResponseInput & IntegrationResponseMembers,
  ) {
    return changeRecord(context, { apiId, integrationId }, (record) => {
      const current = findResponse(record, integrationResponseId);
      const responseParameters = mergeMap(current.responseParameters, members.responseParameters);
      const response = completeIntegrationResponse({
        ...current,
        ...members,
        ...(responseParameters ? { responseParameters } : {}),
      });
      return { record: putResponse(record, response), result: response };
    });
  },

  DeleteIntegrationResponse(context, { integrationResponseId, ...input }: IntegrationResponseInput) {
    return changeRecord(context, input, (record) => {
      findResponse(record, integrationResponseId);
      const integrationResponses = without(record.integrationResponses, integrationResponseId);
      return { record: { ...record, integrationResponses }, result: undefined };
    });
  },
};

function changeRecord<Result>(
  context: ControlPlaneContext,
  { apiId, integrationId }: IntegrationInput,
  change: (record: IntegrationRecord) => { readonly record: IntegrationRecord; readonly result: Result },
): Promise<Result> {
  return changeConfiguration(context, apiId, async (configuration, api) => {
    requireWebSocketApi(api, 'Integration responses');
    const { record, result } = change(await readIntegration(context, configuration, integrationId));
    return { ...putIntegration(configuration.integrations, record), result };
  });
}

async function requireRecord(
  context: ControlPlaneContext,
  { apiId, integrationId }: IntegrationInput,
): Promise<IntegrationRecord> {
  const { configuration } = await requireApi(context, apiId);
  return readIntegration(context, configuration, integrationId);
}

/** More than a set of status patterns needs; it keeps the record of an integration small. */
const maximumResponses = 100;

function putResponse(record: IntegrationRecord, response: IntegrationResponse): IntegrationRecord {
  const { integrationResponseId: id, integrationResponseKey: key } = response;
  const others = Object.values(record.integrationResponses).filter((other) => other.integrationResponseId !== id);
  if (others.some((other) => other.integrationResponseKey === key)) {
    throw new ServiceError(
      'ConflictException',
      `Integration Response with key ${key} already exists for this Integration`,
    );
  }
  if (others.length >= maximumResponses) {
    throw new ServiceError(
      'TooManyRequestsException',
      `Maximum number of Integration Responses for this Integration has been reached: ${maximumResponses}.`,
      { limitType: 'IntegrationResponsesPerIntegration' },
    );
  }
  return { ...record, integrationResponses: { ...record.integrationResponses, [id]: response } };
}

function findResponse({ integrationResponses }: IntegrationRecord, id: string): IntegrationResponse {
  const response = lookUp(integrationResponses, id);
  if (!response) throw notFound('Integration Response');
  return response;
}
