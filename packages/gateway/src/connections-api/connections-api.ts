import type { Clock } from '../clock.ts';
import type { Bus, ConnectionCommand, ConnectionReply } from '../cluster/bus.ts';
import type { HttpResponse } from '../http-message.ts';
import { apiTagOf, type ConnectionIds } from '../model/connection-id.ts';
import type { LoggedRequest } from '../telemetry/access-log-variables.ts';
import {
  describeConnection,
  forbidden,
  gone,
  invalidConnectionId,
  missingAuthenticationToken,
  succeed,
  tooManyRequests,
} from './responses.ts';

/** A request to `…/@connections/{connectionId}`. */
interface ConnectionsRequest {
  readonly method: string;
  readonly connectionId: string;
  /** What the address says of the API and stage; a bare host may name neither. */
  readonly address: ConnectionsAddress;
  /** At most 131072 bytes. */
  readonly body: Uint8Array;
  readonly caller: Caller;
}

/** Who calls, for logs. */
interface Caller {
  /** The host that was called, with its port where there is one. */
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

export type ConnectionsAddress =
  | {
      readonly kind: 'api';
      readonly apiId: string;
      readonly stage: string;
      /** A custom domain led here, not the API's own address. */
      readonly isMapped: boolean;
    }
  /** One name on a host without API id: a stage of the connection's API, or that API's id. */
  | { readonly kind: 'name'; readonly name: string }
  /** Nothing but the connection id. */
  | { readonly kind: 'connection' };

/** What the connections API has to know of stages. */
interface StageDirectory {
  exists(apiId: string, stage: string, options?: { readonly isMapped: boolean }): Promise<boolean>;
  /** `undefined` for a stage that serves nothing. */
  settings(apiId: string, stage: string): Promise<CallbackSettings | undefined>;
}

/** What a stage's settings say of calls to its connections. */
interface CallbackSettings {
  readonly callbacks: {
    readonly counts: { clientError: number };
    readonly throttle?: { take(now: number): boolean };
  };
  readonly accessLog?: (request: LoggedRequest) => void;
}

export interface ConnectionsApiOptions {
  readonly bus: Bus;
  readonly ids: ConnectionIds;
  readonly stages: StageDirectory;
  readonly clock: Clock;
  /** The stage that an address of an API without stage means. */
  readonly draftStage: string;
  /** Takes from the account's rate; absent where that is not enforced. */
  readonly accountThrottle?: { request(now: number): boolean };
}

export type ConnectionsApi = (request: ConnectionsRequest) => Promise<HttpResponse>;

const commands: ReadonlyMap<string, (body: Uint8Array) => ConnectionCommand> = new Map([
  ['POST', (data: Uint8Array): ConnectionCommand => ({ kind: 'post', data })],
  ['GET', (): ConnectionCommand => ({ kind: 'get' })],
  ['DELETE', (): ConnectionCommand => ({ kind: 'delete' })],
]);

/**
 * The management API of live connections: PostToConnection, GetConnection and DeleteConnection of the API Gateway
 * Management API, 2018-11-29. Refusals come in the service's order: stage, form of the id, presence of the connection, rate.
 */
export function createConnectionsApi(options: ConnectionsApiOptions): ConnectionsApi {
  return async (request) => {
    const command = commands.get(request.method)?.(request.body);
    if (!command) return missingAuthenticationToken();
    const startedAt = options.clock.now();
    const located = await locate(options, request);
    if (!located.stage) return located.refusal;

    const settings = await options.stages.settings(located.stage.apiId, located.stage.name);
    const response = located.refusal ?? (await carryOut(options, request.connectionId, command, settings?.callbacks));
    if (settings) conclude(settings, located.stage, request, startedAt, response);
    return response;
  };
}

interface StageName {
  readonly apiId: string;
  readonly name: string;
}

/** The stage that a call is for, and the refusals that come before the connection is asked for anything. */
type Located =
  | { readonly stage: StageName; readonly refusal?: HttpResponse }
  | { readonly stage: undefined; readonly refusal: HttpResponse };

async function locate(options: ConnectionsApiOptions, { address, connectionId }: ConnectionsRequest): Promise<Located> {
  const { ids, stages } = options;
  if (address.kind === 'api' && !(await stages.exists(address.apiId, address.stage, address)))
    return nowhere(forbidden());

  const decoded = ids.decode(connectionId);
  if (address.kind === 'api') {
    const stage = { apiId: address.apiId, name: address.stage };
    const isOfApi = decoded.kind === 'issued' && apiTagOf(address.apiId) === decoded.apiTag;
    return isOfApi ? { stage } : { stage, refusal: invalidConnectionId(connectionId) };
  }
  if (decoded.kind === 'never-issued') return nowhere(invalidConnectionId(connectionId));
  return locateByConnection(options, address, connectionId);
}

/** The API is known from the connection alone, so a connection that is gone comes before a stage that does not exist. */
async function locateByConnection(
  { bus, stages, clock, draftStage }: ConnectionsApiOptions,
  address: Exclude<ConnectionsAddress, { kind: 'api' }>,
  connectionId: string,
): Promise<Located> {
  const found = await bus.command(connectionId, { kind: 'get' });
  if (found.kind !== 'connection') return nowhere(gone(clock.now()));
  const { apiId, stage } = found.connection;
  if (address.kind === 'connection') return { stage: { apiId, name: stage } };
  const name = address.name === apiId ? draftStage : address.name;
  return (await stages.exists(apiId, name)) ? { stage: { apiId, name } } : nowhere(forbidden());
}

function nowhere(refusal: HttpResponse): Located {
  return { stage: undefined, refusal };
}

async function carryOut(
  { bus, clock, accountThrottle }: ConnectionsApiOptions,
  connectionId: string,
  command: ConnectionCommand,
  callbacks: CallbackSettings['callbacks'] | undefined,
): Promise<HttpResponse> {
  if (callbacks?.throttle || accountThrottle) {
    const { kind } = await bus.command(connectionId, { kind: 'get' });
    const now = clock.now();
    if (kind === 'gone') return gone(now);
    const isThrottled = callbacks?.throttle?.take(now) === false || accountThrottle?.request(now) === false;
    if (isThrottled) return tooManyRequests(now);
  }
  return toResponse(command, await bus.command(connectionId, command), clock);
}

/** A call has no event, so its line has neither the type of one nor the time of the connection's beginning. */
function conclude(
  { callbacks, accessLog }: CallbackSettings,
  stage: StageName,
  { method, connectionId, caller }: ConnectionsRequest,
  requestTimeEpoch: number,
  { status, headers }: HttpResponse,
): void {
  if (status >= 400) callbacks.counts.clientError += 1;
  if (!accessLog) return;
  const { domainName, sourceIp, userAgent } = caller;
  accessLog({
    context: {
      connection: {
        apiId: stage.apiId,
        stage: stage.name,
        domainName,
        connectionId,
        sourceIp,
        ...(userAgent !== undefined && { userAgent }),
      },
      routeKey: `${method} /@connections/{connectionId}`,
      requestId: headers['x-amz-apigw-id'] ?? '',
      requestTimeEpoch,
    },
    outcome: { status },
  });
}

function toResponse(command: ConnectionCommand, reply: ConnectionReply, clock: Clock): HttpResponse {
  switch (reply.kind) {
    case 'gone':
      return gone(clock.now());
    case 'connection':
      return succeed(200, clock.now(), describeConnection(reply.connection));
    case 'done':
      return succeed(command.kind === 'delete' ? 204 : 200, clock.now());
  }
}
