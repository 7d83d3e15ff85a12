import type { IntegrationFunction } from '../integrations/integration.ts';
import { failing } from '../integrations/integration.ts';
import type { Integrations } from '../integrations/integrations.ts';
import type { IntegrationRecord, RouteRecord } from '../model/api-head.ts';
import { readJson } from '../model/json.ts';
import type { IntegrationType, Route } from '../model/resources.ts';
import {
  evaluateSelectionExpression,
  parseSelectionExpression,
  type SelectionExpression,
} from '../model/selection-expression.ts';
import type { LiveSettings } from './live-settings.ts';
import { compileMessageValidator, type MessageModels, type MessageValidator } from './message-models.ts';

/** A configuration as a stage serves it, compiled once: nothing is parsed or looked up by text for a message. */
export interface StageRuntime {
  /** The API's default endpoint is switched off: no one may connect. */
  readonly isEndpointDisabled: boolean;
  /** routeKey → route. */
  readonly routes: ReadonlyMap<string, RouteRuntime>;
  /** `undefined` when the expression is not valid: every message then goes to `$default`. */
  readonly routeSelection: SelectionExpression | undefined;
  /** Of the stage as it is, not of the deployment. */
  readonly settings: LiveSettings;
}

export interface RouteRuntime {
  readonly routeKey: string;
  /** `false` for a route that asks for an authorizer, IAM or an API key: none of them can be granted yet. */
  readonly isOpen: boolean;
  /** Parameters that a handshake must carry. */
  readonly requiredParameters: readonly RequiredParameter[];
  /** Absent for a route without target. */
  readonly integration?: IntegrationRuntime;
  /** Absent when messages are not validated. */
  readonly validate?: MessageValidator;
  /** The route has the response `$default`, so the integration's answer is sent to the client. */
  readonly isTwoWay: boolean;
}

interface RequiredParameter {
  readonly location: 'querystring' | 'header';
  readonly name: string;
}

interface IntegrationRuntime {
  readonly integrationId: string;
  /** Absent for one that does not exist. */
  readonly integrationType?: IntegrationType;
  readonly call: IntegrationFunction;
}

export interface StageSource {
  readonly disableExecuteApiEndpoint: boolean;
  readonly routeSelectionExpression: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routes: readonly RouteRecord[];
  readonly integrations: readonly IntegrationRecord[];
  readonly models: MessageModels;
  readonly settings: LiveSettings;
}

/** Compiles a stage. It never throws: what is not valid fails when it is called, and says why. */
export function compileStage(source: StageSource, integrations: Integrations): StageRuntime {
  const compiled = new Map<string, IntegrationRuntime>();
  for (const record of source.integrations) {
    const { integrationId, integrationType } = record.integration;
    const call = integrations.compile(record, source.stageVariables);
    compiled.set(`integrations/${integrationId}`, { integrationId, integrationType, call });
  }
  const routes = new Map<string, RouteRuntime>();
  for (const record of source.routes) routes.set(record.route.routeKey, compileRoute(record, compiled, source.models));

  const parsed = parseSelectionExpression(source.routeSelectionExpression);
  return {
    isEndpointDisabled: source.disableExecuteApiEndpoint,
    routes,
    routeSelection: parsed.kind === 'expression' ? parsed.expression : undefined,
    settings: source.settings,
  };
}

export interface SelectedRoute {
  readonly route: RouteRuntime | undefined;
  /** The message parsed; `undefined` when it is not JSON. */
  readonly json: unknown;
}

/**
 * The route of a message: the one whose key the route selection expression gives, else `$default`. A message that is not
 * JSON goes to `$default`, and no message reaches `$connect` or `$disconnect` by their names.
 */
export function selectRoute(runtime: StageRuntime, text: string): SelectedRoute {
  const json = readJson(text);
  const fallback = runtime.routes.get('$default');
  if (json === undefined || runtime.routeSelection === undefined) return { route: fallback, json };
  const routeKey = evaluateSelectionExpression(runtime.routeSelection, { body: json });
  if (routeKey === '$connect' || routeKey === '$disconnect') return { route: fallback, json };
  return { route: runtime.routes.get(routeKey) ?? fallback, json };
}

function compileRoute(
  record: RouteRecord,
  integrations: ReadonlyMap<string, IntegrationRuntime>,
  models: MessageModels,
): RouteRuntime {
  const { route } = record;
  const validate = compileMessageValidator(route, models);
  const integration = route.target === undefined ? undefined : findIntegration(route, integrations);
  return {
    routeKey: route.routeKey,
    isOpen: route.authorizationType === 'NONE' && !route.apiKeyRequired,
    requiredParameters: readRequiredParameters(route),
    ...(integration && { integration }),
    ...(validate && { validate }),
    isTwoWay: isTwoWay(record),
  };
}

/**
 * Whether a route's `routeResponseSelectionExpression` makes it two-way also without a route response. The developer guide
 * reads so, and the service was observed to stay silent.
 */
const isExpressionEnough: boolean = false;

function isTwoWay({ route, routeResponses }: RouteRecord): boolean {
  if (isExpressionEnough && route.routeResponseSelectionExpression !== undefined) return true;
  return Object.values(routeResponses).some((response) => response.routeResponseKey === '$default');
}

function findIntegration(route: Route, integrations: ReadonlyMap<string, IntegrationRuntime>): IntegrationRuntime {
  const target = route.target ?? '';
  return (
    integrations.get(target) ?? {
      integrationId: target.replace(/^integrations\//, ''),
      call: failing('misconfigured', `Route "${route.routeKey}" has the target "${target}", which does not exist.`),
    }
  );
}

function readRequiredParameters(route: Route): readonly RequiredParameter[] {
  const required: RequiredParameter[] = [];
  for (const [key, constraint] of Object.entries(route.requestParameters ?? {})) {
    const [, location, name] = /^route\.request\.(querystring|header)\.(.+)$/.exec(key) ?? [];
    if (constraint.required && name) required.push({ location: location as RequiredParameter['location'], name });
  }
  return required;
}
