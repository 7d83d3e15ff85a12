import type { Api, Deployment, Integration, IntegrationResponse, Route, RouteResponse, Stage } from './resources.ts';

/** SHA-256 of an object's canonical JSON, in lowercase hexadecimal: the object's name in the store. */
export type ContentHash = string;

/**
 * What a deployment snapshots: everything that decides who may connect, and how a frame is
 * routed and answered. Sub-resources are named by
 * content hash, the way git names files, so a snapshot is a copy of this small record and equal objects are stored once.
 */
export interface Configuration {
  readonly routeSelectionExpression: string;
  /** A change takes effect with the next deployment: developer guide, "Disable the default endpoint for WebSocket APIs". */
  readonly disableExecuteApiEndpoint: boolean;
  /** routeId → {@link RouteRecord}. */
  readonly routes: Readonly<Record<string, ContentHash>>;
  /** integrationId → {@link IntegrationRecord}. */
  readonly integrations: Readonly<Record<string, ContentHash>>;
  /** modelId → `Model`. */
  readonly models: Readonly<Record<string, ContentHash>>;
  /** authorizerId → `Authorizer`. */
  readonly authorizers: Readonly<Record<string, ContentHash>>;
}

/** A route together with the responses that exist only below it. */
export interface RouteRecord {
  readonly route: Route;
  readonly routeResponses: Readonly<Record<string, RouteResponse>>;
}

/** An integration together with the responses that exist only below it. */
export interface IntegrationRecord {
  readonly integration: Integration;
  readonly integrationResponses: Readonly<Record<string, IntegrationResponse>>;
}

/** A head of its own, so that the record of an API does not grow with what was once deployed. */
export interface DeploymentRecord {
  readonly deployment: Deployment;
  /** Content hash of the {@link Configuration} as it was when deployed. */
  readonly configuration: ContentHash;
}

/**
 * The one mutable record of an API, changed by compare-and-set on its revision. `configuration` is the draft: what the
 * next deployment would snapshot, and what the draft endpoint serves. A commit that changes the API's deployments changes this
 * head too.
 */
export interface ApiHead {
  /** Drawn when the API is created, so that one that replaces another under its id is told from it. */
  readonly incarnation: string;
  readonly api: Api;
  readonly configuration: Configuration;
  /** deploymentId → content hash of its {@link Configuration}: of the deployments that stages use. */
  readonly deployed: Readonly<Record<string, ContentHash>>;
  /** Stage settings are live, so stages stand in the head and not in a snapshot. */
  readonly stages: Readonly<Record<string, Stage>>;
  /** Stage → what was drawn when it was created, so that one that replaces another under its name is told from it. */
  readonly stageIncarnations?: Readonly<Record<string, string>>;
}
