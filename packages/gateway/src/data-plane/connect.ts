import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { pairHeaders } from '../model/handshake-request.ts';
import { newRequestId } from '../model/request-id.ts';
import { readSourceIp } from '../source-ip.ts';
import { reportFault } from '../telemetry/report-fault.ts';
import type { EventServices } from './call-integration.ts';
import { goingAway } from './close-reason.ts';
import { type HandshakeOutcome, type Knock, negotiate } from './handshake.ts';
import type { Hub } from './hub.ts';
import { maxUrlLength } from './limits.ts';
import { watchPendingClient } from './pending-client.ts';
import { refuseFault, renderRefusal } from './refusal.ts';
import { openSession, type Session } from './session.ts';
import type { Stages } from './stages.ts';
import type { Sweeper } from './sweeper.ts';
import type { WebSocketAcceptor } from './web-socket.ts';

/** What a new connection needs of its node. */
export interface ConnectServices {
  readonly events: EventServices;
  readonly hub: Hub;
  readonly sweeper: Sweeper;
  readonly acceptor: WebSocketAcceptor;
  readonly stages: Stages;
  /** Sockets whose handshake is not answered. */
  readonly pending: Set<Duplex>;
}

/** Where a client wants to connect. */
export interface Endpoint {
  readonly apiId: string;
  readonly stage: string;
  readonly hasExtraPath: boolean;
  /** A custom domain led here, not the API's own address. */
  readonly isMapped: boolean;
}

/** A socket that Node has given up for an upgrade. */
interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What was read of the socket already. */
  readonly head: Buffer;
}

/**
 * Takes a client from its upgrade request to the end of its connection: resolves when nothing of it is left, `$disconnect`
 * included. Never rejects.
 */
export async function connect(services: ConnectServices, upgrade: Upgrade, endpoint: Endpoint): Promise<void> {
  try {
    await negotiateAndOpen(services, upgrade, endpoint);
  } catch (error) {
    reportFault(services.events, error);
    upgrade.socket.destroy();
  }
}

async function negotiateAndOpen(
  services: ConnectServices,
  { request, socket, head }: Upgrade,
  endpoint: Endpoint,
): Promise<void> {
  const { events, stages, pending } = services;
  const client = watchPendingClient(socket, head);
  pending.add(socket);
  const outcome = await negotiate(events, stages, readKnock(request, endpoint), client.signal).catch(
    (error: unknown): HandshakeOutcome => {
      reportFault(events, error);
      return { kind: 'refused', refusal: refuseFault(newRequestId()) };
    },
  );
  pending.delete(socket);
  const early = client.release();
  if (!early) return;

  if (outcome.kind === 'refused') {
    const { status, message } = outcome.refusal;
    events.emit({ kind: 'connection-refused', apiId: endpoint.apiId, stage: endpoint.stage, status, message });
    socket.once('finish', () => socket.destroy());
    socket.end(renderRefusal(outcome.refusal, events.clock.now()));
    return;
  }
  await new Promise<void>((resolve) => open(services, { request, socket, head: early }, outcome, resolve));
}

function open(
  { acceptor, events, hub, sweeper }: ConnectServices,
  upgrade: Upgrade,
  { connection, stage, subprotocol }: Extract<HandshakeOutcome, { kind: 'accepted' }>,
  ended: () => void,
): void {
  let isOpened = false;
  acceptor.accept({ ...upgrade, subprotocol }, (socket) => {
    isOpened = true;
    const opened = openSession(
      {
        services: events,
        connection,
        stage,
        onLeaving: (leaving) => hub.remove(leaving),
        onClosed: (_closed, disconnect) => void disconnect.then(ended),
      },
      socket,
    );
    hub.add(opened.session);
    sweeper.wake();
    const { apiId, connectionId } = connection;
    events.emit({ kind: 'connection-opened', apiId, stage: connection.stage, connectionId });
    closeWhenRetired(opened.session, events);
    return opened.events;
  });
  if (!isOpened) ended();
}

/** A stage that was deleted while its first connection was still pending had no connections that could be told. */
function closeWhenRetired(session: Session, events: EventServices): void {
  if (session.stage.isRetired) session.close(goingAway);
  const current = session.stage.runtime();
  if (current instanceof Promise) current.catch((error: unknown) => reportFault(events, error));
}

function readKnock(request: IncomingMessage, endpoint: Endpoint): Knock {
  const target = request.url ?? '';
  const [, query = ''] = /\?([^#]*)/.exec(target) ?? [];
  return {
    isUrlTooLong: target.length > maxUrlLength,
    method: request.method ?? 'GET',
    domainName: request.headers.host ?? '',
    sourceIp: readSourceIp(request),
    request: { headers: pairHeaders(request.rawHeaders), query },
    ...endpoint,
  };
}
