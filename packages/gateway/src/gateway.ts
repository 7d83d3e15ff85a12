import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { readAccount } from './account.ts';
import { type Clock, systemClock } from './clock.ts';
import { createLocalBus } from './cluster/local.ts';
import { createConnectionsApi } from './connections-api/connections-api.ts';
import {
  type AccountLimits,
  createControlPlane,
  defaultQuotas,
  type Quotas,
  resetConfiguration,
} from './control-plane/control-plane.ts';
import { createAccountThrottle } from './data-plane/account-throttle.ts';
import { createDataPlane, type DataPlane } from './data-plane/data-plane.ts';
import type { AccessLogEntry } from './data-plane/live-settings.ts';
import { draftStage } from './data-plane/stages.ts';
import { GatewayError } from './gateway-error.ts';
import type { AwsOptions } from './integrations/aws/endpoints.ts';
import { createIntegrations } from './integrations/integrations.ts';
import { createConnectionIds } from './model/connection-id.ts';
import { readConnectionIdSecret } from './node-secret.ts';
import type { Address } from './server/address.ts';
import { type Certificate, requireUsable } from './server/certificate.ts';
import { createCustomDomains } from './server/custom-domains.ts';
import { makeLocalCertificate } from './server/local-certificate.ts';
import { refuseUpgrade } from './server/refuse-upgrade.ts';
import { isLoopback } from './server/request-guard.ts';
import { createGatewayServer } from './server/server.ts';
import type { Store } from './stores/store.ts';
import { createEmitter } from './telemetry/emit.ts';
import type { GatewayEventListener } from './telemetry/events.ts';
import type { ExecutionLogEntry } from './telemetry/execution-log.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { renderMetrics } from './telemetry/prometheus-text.ts';
import { reportFault } from './telemetry/report-fault.ts';

export interface GatewayOptions {
  /** Where the configuration lives. The caller opens and closes it. */
  readonly store: Store;
  /** Default 127.0.0.1. Any address beyond the loopback interface is refused unless `insecureBind` is set. */
  readonly host?: string;
  /** Listens on addresses that others can reach, although requests are not authenticated. Default false. */
  readonly insecureBind?: boolean;
  /** Default 4610; 0 takes any free port. */
  readonly port?: number;
  /** Serves the undeployed configuration of every API at its bare address, as the stage `$draft`. Default false. */
  readonly draft?: boolean;
  /** Lets CreateApi requests choose the id of the new API. Default false. */
  readonly allowChosenApiIds?: boolean;
  /**
   * Whether the account has a role for CloudWatch Logs, as it must have for logging to be switched on. Default true: API
   * Gateway V2 has no operation that sets it.
   */
  readonly hasLoggingRole?: boolean;
  /** Lets clients of this machine delete the whole configuration by `POST /_gatewright/reset`. Default false. */
  readonly allowReset?: boolean;
  /** Default us-east-1. */
  readonly region?: string;
  /** Twelve digits; default 123456789012. */
  readonly accountId?: string;
  /**
   * `aws` adds the limits of an account to those of an API and of a connection: the rates of control-plane calls, of
   * requests to endpoints and `@connections` (10,000 a second) and of new connections (500 a second), and 600 APIs. Default
   * `none`.
   */
  readonly limits?: AccountLimits;
  /** How many routes, integrations, stages, authorizers, deployments and models an API may have. Default: AWS's quotas. */
  readonly quotas?: Partial<Quotas>;
  /**
   * Shown to clients that speak TLS, which share the port with those that do not; a function is asked when the first of
   * them comes. Default: one made then, which signs itself, for the names of this machine's loopback interface.
   */
  readonly certificate?: Certificate | (() => Promise<Certificate>);
  /**
   * Where AWS and AWS_PROXY integrations find the services that they call, and what they sign with. Default: nowhere; their
   * calls fail and say what is missing.
   */
  readonly aws?: AwsOptions;
  /** Default: the system's time. */
  readonly clock?: Clock;
  /** Hears what happens; called synchronously, so it must be quick. */
  readonly onEvent?: GatewayEventListener;
  /** Takes the access logs of stages that have them configured; called synchronously. Default: none are written. */
  readonly onAccessLog?: (entry: AccessLogEntry) => void;
  /** Takes the execution logs of stages and routes whose settings ask for them; called synchronously. Default: none. */
  readonly onExecutionLog?: (entry: ExecutionLogEntry) => void;
}

export interface Gateway {
  /** As `http://127.0.0.1:4610`, without a slash at the end. */
  readonly url: string;
  /**
   * Stops accepting, closes every connection with 1001, waits a few seconds at most for the `$disconnect` integrations and
   * for requests that are under way, and ends the rest. The store stays open.
   */
  close(): Promise<void>;
}

/** The node's number in its connection ids, as long as a gateway is one node. */
const onlyNode = 0;

/**
 * Starts a gateway: the control plane of API Gateway V2 below `/v2/`, the WebSocket endpoints, and the `@connections` API,
 * on one port, which answers TLS and plain text alike.
 *
 * @throws GatewayError when the address cannot or must not be listened on, the certificate cannot be used, the account is none,
 * or an endpoint of an AWS service is not a URL.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { store, host = '127.0.0.1', port = 4610, clock = systemClock } = options;
  const { insecureBind = false } = options;
  if (!insecureBind && !isLoopback(host.toLowerCase())) throw refuseHost(host);
  const { region, accountId } = readAccount(options);

  const certificate = chooseCertificate(options.certificate, region, clock);
  const servesDrafts = options.draft ?? false;
  const emit = createEmitter(options.onEvent);
  const ids = createConnectionIds({ secret: await readConnectionIdSecret(store), node: onlyNode, now: clock.now });
  const bus = createLocalBus();
  const integrations = createIntegrations(clock, options.aws ?? { endpoints: {} });
  const metrics = createMetrics();
  const accountServices = options.limits === 'aws' ? { accountThrottle: createAccountThrottle(clock.now()) } : {};
  const dataPlane = createDataPlane({
    ids,
    clock,
    emit,
    store,
    bus,
    integrations,
    servesDrafts,
    metrics,
    ...accountServices,
    ...readLogListeners(options),
  });

  const domains = createCustomDomains(store);
  let boundPort = port;
  const authority = (): string => `${host.includes(':') ? `[${host}]` : host}:${boundPort}`;
  const server = createGatewayServer({
    controlPlane: createControlPlane({
      store,
      clock,
      region,
      accountId,
      apiEndpoint: (apiId) => `ws://${authority()}/${apiId}`,
      allowChosenApiIds: options.allowChosenApiIds ?? false,
      hasLoggingRole: options.hasLoggingRole ?? true,
      limits: options.limits ?? 'none',
      quotas: { ...defaultQuotas, ...options.quotas },
      onFault: (error) => reportFault({ emit }, error),
    }),
    connectionsApi: createConnectionsApi({
      bus,
      ids,
      stages: dataPlane.stages,
      clock,
      draftStage,
      ...accountServices,
    }),
    domains,
    upgrade: (request, socket, head, address) => routeUpgrade(dataPlane, clock, request, socket, head, address),
    whyUnserved: dataPlane.stages.whyUnserved,
    renderMetrics: async () => {
      await dataPlane.stages.refresh().catch((error: unknown) => reportFault({ emit }, error));
      return renderMetrics(metrics, dataPlane.openConnections);
    },
    reset: options.allowReset ? () => resetConfiguration(store) : undefined,
    servesDrafts,
    certificate,
    boundHost: host,
    clock,
    emit,
  });

  const close = async (): Promise<void> => {
    const stopped = server.stopAccepting();
    await Promise.all([dataPlane.close(), server.answerRequests()]);
    server.closeConnections();
    await stopped;
    domains.close();
    await integrations.close();
    await bus.close();
  };
  try {
    boundPort = await server.listen(port);
  } catch (error) {
    await close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    url: `http://${authority()}`,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Without a listener nothing is formatted. */
function readLogListeners({ onAccessLog, onExecutionLog }: GatewayOptions): Pick<GatewayOptions, LogListener> {
  return {
    ...(onAccessLog && { onAccessLog: createEmitter(onAccessLog) }),
    ...(onExecutionLog && { onExecutionLog: createEmitter(onExecutionLog) }),
  };
}

type LogListener = 'onAccessLog' | 'onExecutionLog';

function routeUpgrade(
  dataPlane: DataPlane,
  clock: Clock,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  address: Address,
): void {
  if (address.kind !== 'endpoint') {
    refuseUpgrade(socket, clock.now());
    return;
  }
  const { apiId, stage = draftStage, hasExtraPath, isMapped } = address;
  dataPlane.upgrade(request, socket, head, { apiId, stage, hasExtraPath, isMapped });
}

function chooseCertificate(
  certificate: GatewayOptions['certificate'],
  region: string,
  clock: Clock,
): () => Promise<Certificate> {
  if (certificate === undefined) return () => makeLocalCertificate(region, clock.now());
  if (typeof certificate === 'function') return certificate;
  requireUsable(certificate);
  return async () => certificate;
}

function refuseHost(host: string): GatewayError {
  const message = `Host "${host}" can be reached by others, and requests are not authenticated; an address of the loopback interface is expected.`;
  return new GatewayError('address-refused', message);
}
