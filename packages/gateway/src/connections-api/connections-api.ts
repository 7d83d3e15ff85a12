import type { Clock } from '../clock.ts';
import type { Bus, ConnectionCommand, ConnectionReply } from '../cluster/bus.ts';
import type { HttpResponse } from '../http-message.ts';
import { apiTagOf, type ConnectionIds } from '../model/connection-id.ts';
import {
  describeConnection,
  forbidden,
  gone,
  invalidConnectionId,
  missingAuthenticationToken,
  succeed,
} from './responses.ts';

/** A request to `…/@connections/{connectionId}`. */
interface ConnectionsRequest {
  readonly method: string;
  readonly connectionId: string;
  /** What the address says of the API and stage; a bare host may name neither. */
  readonly address: ConnectionsAddress;
  /** At most 131072 bytes. */
  readonly body: Uint8Array;
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
}

export interface ConnectionsApiOptions {
  readonly bus: Bus;
  readonly ids: ConnectionIds;
  readonly stages: StageDirectory;
  readonly clock: Clock;
  /** The stage that an address of an API without stage means. */
  readonly draftStage: string;
}

export type ConnectionsApi = (request: ConnectionsRequest) => Promise<HttpResponse>;

const commands: ReadonlyMap<string, (body: Uint8Array) => ConnectionCommand> = new Map([
  ['POST', (data: Uint8Array): ConnectionCommand => ({ kind: 'post', data })],
  ['GET', (): ConnectionCommand => ({ kind: 'get' })],
  ['DELETE', (): ConnectionCommand => ({ kind: 'delete' })],
]);

/**
 * The management API of live connections: PostToConnection, GetConnection and DeleteConnection of the API Gateway
 * Management API, 2018-11-29. Refusals come in the service's order: stage, form of the id, presence of the connection.
 */
export function createConnectionsApi(options: ConnectionsApiOptions): ConnectionsApi {
  const { bus, clock } = options;
  return async ({ method, connectionId, address, body }) => {
    const command = commands.get(method)?.(body);
    if (!command) return missingAuthenticationToken();
    const refusal = await refuse(options, address, connectionId);
    return refusal ?? toResponse(command, await bus.command(connectionId, command), clock);
  };
}

/** The refusals that come before the connection is asked for anything. */
async function refuse(
  options: ConnectionsApiOptions,
  address: ConnectionsAddress,
  connectionId: string,
): Promise<HttpResponse | undefined> {
  const { ids, stages } = options;
  if (address.kind === 'api' && !(await stages.exists(address.apiId, address.stage, address))) return forbidden();

  const decoded = ids.decode(connectionId);
  if (decoded.kind === 'never-issued') return invalidConnectionId(connectionId);
  if (address.kind === 'api' && apiTagOf(address.apiId) !== decoded.apiTag) return invalidConnectionId(connectionId);
  return address.kind === 'name' ? refuseName(options, address.name, connectionId) : undefined;
}

/** The API is known from the connection alone, so a connection that is gone comes before a stage that does not exist. */
async function refuseName(
  { bus, stages, clock, draftStage }: ConnectionsApiOptions,
  name: string,
  connectionId: string,
): Promise<HttpResponse | undefined> {
  const found = await bus.command(connectionId, { kind: 'get' });
  if (found.kind !== 'connection') return gone(clock.now());
  const { apiId } = found.connection;
  return (await stages.exists(apiId, name === apiId ? draftStage : name)) ? undefined : forbidden();
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
