import { ServiceError } from '../api/errors.ts';
import type { Configuration } from '../model/api-head.ts';
import { createIdentifier } from '../model/identifiers.ts';
import { compileModel } from '../model/model-schema.ts';
import type { Api, Model } from '../model/resources.ts';
import { toStoredObject } from '../stores/api-heads.ts';
import type { ControlPlaneContext, Handlers } from './context.ts';
import { changeConfiguration, requireApi } from './heads/change-api.ts';
import { readRecord, recordsOfPage, requireNoRoute } from './heads/records.ts';
import { without, withValues } from './members.ts';
import { writeModelTemplate } from './model-template.ts';
import { type PageInput, readPage, toPage } from './paging.ts';
import { requireRoom } from './quotas.ts';
import { badRequest, requireWebSocketApi } from './refuse.ts';

interface ApiInput {
  readonly apiId: string;
}

interface ModelInput extends ApiInput {
  readonly modelId: string;
}

type ModelMembers = Partial<Omit<Model, 'modelId'>>;

export const modelHandlers: Handlers = {
  CreateModel(context, { apiId, ...members }: ApiInput & ModelMembers) {
    return changeConfiguration(context, apiId, (configuration, api) => {
      requireWebSocketApi(api, 'Models');
      requireRoom(context, 'models', Object.keys(configuration.models).length);
      const modelId = createIdentifier('model', (id) => Object.hasOwn(configuration.models, id));
      return putModel(context, configuration, completeModel({ ...members, modelId }, api));
    });
  },

  async GetModel(context, input: ModelInput) {
    return requireModel(context, input);
  },

  async GetModels(context, { apiId, ...input }: ApiInput & PageInput) {
    const page = readPage(`apis/${apiId}/models`, input);
    const { models } = (await requireApi(context, apiId)).configuration;
    return toPage(page, await recordsOfPage<Model>(context, models, page), ({ modelId }) => modelId);
  },

  async GetModelTemplate(context, input: ModelInput) {
    return { value: writeModelTemplate((await requireModel(context, input)).schema) };
  },

  UpdateModel(context, { apiId, modelId, ...members }: ModelInput & ModelMembers) {
    return changeConfiguration(context, apiId, async (configuration, api) => {
      const current = await readRecord<Model>(context, configuration.models, modelId, 'Model');
      const model = completeModel({ ...current, ...members }, api);
      if (model.name !== current.name) await requireUnused(context, configuration, current);
      return putModel(context, configuration, model);
    });
  },

  DeleteModel(context, { apiId, modelId }: ModelInput) {
    return changeConfiguration(context, apiId, async (configuration) => {
      await requireUnused(context, configuration, await readRecord(context, configuration.models, modelId, 'Model'));
      return { configuration: { models: without(configuration.models, modelId) }, result: undefined };
    });
  },
};

async function requireModel(context: ControlPlaneContext, { apiId, modelId }: ModelInput): Promise<Model> {
  const { configuration } = await requireApi(context, apiId);
  return readRecord(context, configuration.models, modelId, 'Model');
}

/**
 * Schemas are checked when they are saved and not only when they are deployed, so that a mistake shows where it is. What
 * they say of other models is for the deployment.
 */
function completeModel(members: ModelMembers & Pick<Model, 'modelId'>, api: Api): Model {
  const { name, schema, ...others } = withValues(members);
  if (name === undefined) throw badRequest('Name is required.');
  if (schema === undefined) throw badRequest('Schema is required.');
  if (!api.disableSchemaValidation) checkSchema(name, schema, api);
  return { ...others, name, schema };
}

function checkSchema(name: string, schema: string, { apiId }: Api): void {
  const compiled = compileModel(name, { apiId, schemas: new Map([[name, schema]]) });
  if (compiled.kind === 'compiled' || compiled.isUnresolved) return;
  throw badRequest(`Invalid model schema specified: ${compiled.message}`);
}

async function putModel(context: ControlPlaneContext, { models }: Configuration, model: Model) {
  const others = await context.records<Model>(Object.values(without(models, model.modelId)));
  if (others.some(({ name }) => name === model.name)) {
    throw new ServiceError('ConflictException', `Model with name ${model.name} already exists for this API`);
  }
  const object = toStoredObject(model);
  return { configuration: { models: { ...models, [model.modelId]: object.hash } }, objects: [object], result: model };
}

function requireUnused(context: ControlPlaneContext, { routes }: Configuration, { name }: Model): Promise<void> {
  return requireNoRoute(context, routes, 'Model', ({ requestModels = {} }) =>
    Object.values(requestModels).includes(name),
  );
}
