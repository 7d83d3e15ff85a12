import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Bus, ConnectionCommand, ConnectionReply } from '../cluster/bus.ts';
import type { Integrations } from '../integrations/integrations.ts';
import { pairHeaders } from '../model/handshake-request.ts';
import { newRequestId } from '../model/request-id.ts';
import type { Store } from '../stores/store.ts';
import { type EventServices, reportFault } from './call-integration.ts';
import { closedByRequest, goingAway } from './close-reason.ts';
import { type HandshakeOutcome, type Knock, negotiate } from './handshake.ts';
import { createHub, type Hub } from './hub.ts';
import { maxUrlLength, shutdownMilliseconds } from './limits.ts';
import { watchPendingClient } from './pending-client.ts';
import { refuseProtocol, renderRefusal } from './refusal.ts';
import { openSession, type Session } from './session.ts';
import { createStages, type Stages } from './stages.ts';
import { createSweeper, type Sweeper } from './sweeper.ts';
import { createWebSocketAcceptor, type WebSocketAcceptor } from './web-socket.ts';

/** The part of a node that clients connect to. */
export interface DataPlane {
  readonly stages: Stages;
  /** Takes over a socket for good, whatever becomes of the handshake. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, endpoint: Endpoint): void;
  /** Closes every connection with 1001 and waits, within a bound, for what their ends have started. */
  close(): Promise<void>;
}

/** Where a client wants to connect. */
interface Endpoint {
  readonly apiId: string;
  readonly stage: string;
  readonly hasExtraPath: boolean;
}

export interface DataPlaneOptions extends EventServices {
  readonly store: Store;
  readonly bus: Bus;
  readonly integrations: Integrations;
  readonly servesDrafts: boolean;
}

export function createDataPlane(options: DataPlaneOptions): DataPlane {
  const { store, bus, integrations, servesDrafts, clock } = options;
  const hub = createHub();
  const node: Node = {
    services: options,
    hub,
    sweeper: createSweeper(clock, hub),
    acceptor: createWebSocketAcceptor(clock),
    stages: createStages({
      store,
      integrations,
      servesDrafts,
      isInUse: (apiId) => !isEmpty(hub.ofApi(apiId)),
      onRetired: (stage) => {
        for (const session of hub.ofApi(stage.apiId)) if (session.stage === stage) session.close(goingAway);
      },
      onFault: (error) => reportFault(options, error),
    }),
    pending: new Set(),
    sockets: new Set(),
    work: new Set(),
  };
  let isClosing = false;
  bus.serve((connectionId, command) => carryOut(hub, connectionId, command));

  return {
    stages: node.stages,
    upgrade(request, socket, head, endpoint) {
      if (isClosing) {
        socket.destroy();
        return;
      }
      node.sockets.add(socket);
      socket.once('close', () => node.sockets.delete(socket));
      track(node.work, connect(node, { request, socket, head }, endpoint));
    },
    async close() {
      isClosing = true;
      node.stages.close();
      node.sweeper.close();
      for (const socket of node.pending) socket.destroy();
      for (const session of hub.all()) session.close(goingAway);
      await settleWithin(node, shutdownMilliseconds);
      for (const socket of node.sockets) socket.destroy();
    },
  };
}

interface Node {
  readonly services: EventServices;
  readonly hub: Hub;
  readonly sweeper: Sweeper;
  readonly acceptor: WebSocketAcceptor;
  readonly stages: Stages;
  /** Sockets whose handshake is not answered. */
  readonly pending: Set<Duplex>;
  /** Every socket that was taken over and is not closed. */
  readonly sockets: Set<Duplex>;
  /** Handshakes, and connections until their `$disconnect` has been dealt with. */
  readonly work: Set<Promise<void>>;
}

/** A socket that Node has given up for an upgrade. */
interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What was read of the socket already. */
  readonly head: Buffer;
}

async function connect(node: Node, { request, socket, head }: Upgrade, endpoint: Endpoint): Promise<void> {
  const { services } = node;
  const client = watchPendingClient(socket, head);
  node.pending.add(socket);
  const outcome = await negotiate(services, node.stages, readKnock(request, endpoint), client.signal).catch(
    (error: unknown): HandshakeOutcome => {
      reportFault(services, error);
      return { kind: 'refused', refusal: refuseProtocol(500, newRequestId()) };
    },
  );
  node.pending.delete(socket);
  const early = client.release();
  if (!early) return;

  if (outcome.kind === 'refused') {
    const { status, message } = outcome.refusal;
    services.emit({ kind: 'connection-refused', apiId: endpoint.apiId, stage: endpoint.stage, status, message });
    socket.once('finish', () => socket.destroy());
    socket.end(renderRefusal(outcome.refusal, services.clock.now()));
    return;
  }
  await new Promise<void>((resolve) => open(node, { request, socket, head: early }, outcome, resolve));
}

function open(
  { acceptor, services, hub, sweeper }: Node,
  upgrade: Upgrade,
  { connection, stage, subprotocol }: Extract<HandshakeOutcome, { kind: 'accepted' }>,
  ended: () => void,
): void {
  let isOpened = false;
  acceptor.accept({ ...upgrade, subprotocol }, (socket) => {
    isOpened = true;
    const { session, events } = openSession(
      {
        services,
        connection,
        stage,
        onLeaving: (leaving) => hub.remove(leaving),
        onClosed: (_closed, disconnect) => void disconnect.then(ended),
      },
      socket,
    );
    hub.add(session);
    sweeper.wake();
    const { apiId, connectionId } = connection;
    services.emit({ kind: 'connection-opened', apiId, stage: connection.stage, connectionId });
    closeWhenRetired(session, services);
    return events;
  });
  if (!isOpened) ended();
}

/** A stage that was deleted while its first connection was still pending had no connections that could be told. */
function closeWhenRetired(session: Session, services: EventServices): void {
  if (session.stage.isRetired) session.close(goingAway);
  const current = session.stage.runtime();
  if (current instanceof Promise) current.catch((error: unknown) => reportFault(services, error));
}

function readKnock(request: IncomingMessage, endpoint: Endpoint): Knock {
  const target = request.url ?? '';
  const [, query = ''] = /\?([^#]*)/.exec(target) ?? [];
  return {
    ...endpoint,
    isUrlTooLong: target.length > maxUrlLength,
    method: request.method ?? 'GET',
    domainName: request.headers.host ?? '',
    sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, ''),
    request: { headers: pairHeaders(request.rawHeaders), query },
  };
}

function carryOut(hub: Hub, connectionId: string, command: ConnectionCommand): ConnectionReply {
  const session = hub.find(connectionId);
  if (!session?.isOpen) return { kind: 'gone' };
  switch (command.kind) {
    case 'post':
      session.post(command.data);
      return { kind: 'done' };
    case 'get':
      return { kind: 'connection', connection: session.describe() };
    case 'delete':
      session.close(closedByRequest);
      return { kind: 'done' };
  }
}

function track(work: Set<Promise<void>>, task: Promise<void>): void {
  work.add(task);
  void task.finally(() => work.delete(task));
}

async function settleWithin({ work, services }: Node, milliseconds: number): Promise<void> {
  let cancel = (): void => {};
  const deadline = new Promise<void>((resolve) => {
    cancel = services.clock.after(milliseconds, resolve);
  });
  await Promise.race([Promise.all(work), deadline]);
  cancel();
}

function isEmpty(sessions: Iterable<unknown>): boolean {
  for (const _session of sessions) return false;
  return true;
}
