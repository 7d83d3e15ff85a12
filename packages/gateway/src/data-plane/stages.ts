import type { Integrations } from '../integrations/integrations.ts';
import type { Configuration, IntegrationRecord, RouteRecord } from '../model/api-head.ts';
import { compileModel } from '../model/model-schema.ts';
import type { Model } from '../model/resources.ts';
import { apiIdOfKey, readApiHead, readDeployedConfiguration, readObjects } from '../stores/api-heads.ts';
import type { Store } from '../stores/store.ts';
import { compileLiveSettings, type LiveSettings, type SettingsServices } from './live-settings.ts';
import { LiveStage, type LoadedStage } from './live-stage.ts';
import { createMessageModels, type MessageModels, noMessageModels } from './message-models.ts';
import { compileStage } from './stage-runtime.ts';

/** The name under which an API's undeployed configuration is served. No real stage can have it. */
export const draftStage = '$draft';

/** The stages that this node serves, each loaded when someone first asks for it. */
export interface Stages {
  /** `undefined` when nothing is served there: no such API or stage, no deployment, or drafts are not served. */
  find(apiId: string, stage: string): Promise<LiveStage | undefined>;
  /** A sentence about an API whose protocol is configured and not served; `undefined` for any other, and for none. */
  whyUnserved(apiId: string): Promise<string | undefined>;
  /**
   * Whether the stage exists and its deployment, if any, has the API's default endpoint switched on, unless a custom domain
   * is mapped to it: what `@connections` asks.
   */
  exists(apiId: string, stage: string, options?: { readonly isMapped: boolean }): Promise<boolean>;
  /** The settings of a stage, as they are now; `undefined` when nothing is served there. */
  settings(apiId: string, stage: string): Promise<LiveSettings | undefined>;
  /** Compiles anew what has changed since it was last asked for, so that what is gone is known to be. */
  refresh(): Promise<void>;
  close(): void;
}

export interface StagesOptions extends SettingsServices {
  readonly store: Store;
  readonly integrations: Integrations;
  readonly servesDrafts: boolean;
  /** Whether connections of the API are open, which must learn at once when their stage is gone. */
  isInUse(apiId: string): boolean;
  onRetired(stage: LiveStage): void;
  onFault(error: unknown): void;
}

export function createStages(options: StagesOptions): Stages {
  const { store, servesDrafts } = options;
  /** apiId → stage name → stage. */
  const byApi = new Map<string, Map<string, LiveStage>>();

  const forget = (stage: LiveStage): void => {
    const stages = byApi.get(stage.apiId);
    if (stages?.get(stage.name) === stage) stages.delete(stage.name);
    if (stages?.size === 0) byApi.delete(stage.apiId);
  };

  const open = (apiId: string, name: string): LiveStage => {
    const stages = byApi.get(apiId) ?? new Map<string, LiveStage>();
    byApi.set(apiId, stages);
    const stage =
      stages.get(name) ??
      new LiveStage({
        apiId,
        name,
        load: () => loadStage(options, apiId, name, byApi.get(apiId)?.get(name)?.lastRuntime?.settings),
        onRetired: (retired) => {
          forget(retired);
          options.metrics.forget(apiId, name);
          options.onRetired(retired);
        },
      });
    stages.set(name, stage);
    return stage;
  };

  const find = async (apiId: string, name: string): Promise<LiveStage | undefined> => {
    if (name === draftStage && !servesDrafts) return undefined;
    const stage = open(apiId, name);
    if (await stage.runtime()) return stage;
    // The stage may have been replaced by another of its name: that one answers.
    const successor = byApi.get(apiId)?.get(name) ?? open(apiId, name);
    return (await successor.runtime()) ? successor : undefined;
  };

  const invalidate = (apiId: string): void => {
    for (const stage of byApi.get(apiId)?.values() ?? []) {
      stage.invalidate();
      if (options.isInUse(apiId)) Promise.resolve(stage.runtime()).catch(options.onFault);
    }
  };
  const unsubscribe = store.subscribe((changedKeys) => {
    for (const key of changedKeys) {
      const apiId = apiIdOfKey(key);
      if (apiId !== undefined) invalidate(apiId);
    }
  });

  return {
    find,
    async whyUnserved(apiId) {
      if ((await readApiHead(store, apiId))?.head.api.protocolType !== 'HTTP') return undefined;
      return `The API "${apiId}" has the protocol HTTP, which is configured here and not served; one of the protocol WEBSOCKET is expected.`;
    },
    async exists(apiId, name, { isMapped } = { isMapped: false }) {
      const served = await find(apiId, name);
      const runtime = await served?.runtime();
      if (runtime) return isMapped || !runtime.isEndpointDisabled;
      if (name === draftStage) return false;
      const stored = await readApiHead(store, apiId);
      return stored !== undefined && Object.hasOwn(stored.head.stages, name);
    },
    settings: async (apiId, name) => (await (await find(apiId, name))?.runtime())?.settings,
    async refresh() {
      const stages = [...byApi.values()].flatMap((ofApi) => [...ofApi.values()]);
      await Promise.all(stages.map((stage) => stage.runtime()));
    },
    close: unsubscribe,
  };
}

async function loadStage(
  options: StagesOptions,
  apiId: string,
  name: string,
  previous: LiveSettings | undefined,
): Promise<LoadedStage | undefined> {
  const { store, integrations } = options;
  const head = (await readApiHead(store, apiId))?.head;
  if (head?.api.protocolType !== 'WEBSOCKET') return undefined;

  const stage = Object.hasOwn(head.stages, name) ? head.stages[name] : undefined;
  const configuration =
    name === draftStage ? head.configuration : await readDeployedConfiguration(store, head, stage?.deploymentId ?? '');
  if (!configuration) return undefined;

  const records = await readRecords(store, configuration);
  const routeKeys = records.routes.map(({ route }) => route.routeKey);
  const source = {
    disableExecuteApiEndpoint: configuration.disableExecuteApiEndpoint,
    routeSelectionExpression: configuration.routeSelectionExpression,
    stageVariables: stage?.stageVariables ?? {},
    ...records,
    models: await readModels(store, apiId, configuration, records.routes),
    settings: compileLiveSettings({ apiId, stageName: name, stage, routeKeys, previous }, options),
  };
  return {
    incarnation: [head.incarnation, head.stageIncarnations?.[name], stage?.createdDate].join(' '),
    runtime: compileStage(source, integrations),
  };
}

async function readRecords(
  store: Store,
  configuration: Configuration,
): Promise<{ readonly routes: readonly RouteRecord[]; readonly integrations: readonly IntegrationRecord[] }> {
  const [routes, integrations] = await Promise.all([
    readObjects<RouteRecord>(store, Object.values(configuration.routes)),
    readObjects<IntegrationRecord>(store, Object.values(configuration.integrations)),
  ]);
  return { routes, integrations };
}

async function readModels(
  store: Store,
  apiId: string,
  configuration: Configuration,
  routes: readonly RouteRecord[],
): Promise<MessageModels> {
  if (routes.every(({ route }) => route.modelSelectionExpression === undefined)) return noMessageModels;
  const models = await readObjects<Model>(store, Object.values(configuration.models));
  const schemas = new Map(models.map(({ name, schema }) => [name, schema]));
  return createMessageModels({ apiId, schemas }, compileModel);
}
