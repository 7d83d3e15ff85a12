import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { Bus, ConnectionCommand, ConnectionReply } from '../cluster/bus.ts';
import type { Integrations } from '../integrations/integrations.ts';
import type { Store } from '../stores/store.ts';
import { reportFault } from '../telemetry/report-fault.ts';
import type { EventServices } from './call-integration.ts';
import { closedByRequest, goingAway } from './close-reason.ts';
import { type ConnectServices, connect, type Endpoint } from './connect.ts';
import { createHub, type Hub } from './hub.ts';
import { shutdownMilliseconds } from './limits.ts';
import type { SettingsServices } from './live-settings.ts';
import { createStages, type Stages } from './stages.ts';
import { createSweeper } from './sweeper.ts';
import { createWebSocketAcceptor } from './web-socket.ts';

/** The part of a node that clients connect to. */
export interface DataPlane {
  readonly stages: Stages;
  readonly openConnections: number;
  /** Takes over a socket for good, whatever becomes of the handshake. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, endpoint: Endpoint): void;
  /** Closes every connection with 1001 and waits, within a bound, for what their ends have started. */
  close(): Promise<void>;
}

export interface DataPlaneOptions extends EventServices, SettingsServices {
  readonly store: Store;
  readonly bus: Bus;
  readonly integrations: Integrations;
  readonly servesDrafts: boolean;
}

export function createDataPlane(options: DataPlaneOptions): DataPlane {
  const { bus, clock } = options;
  const hub = createHub();
  const services: ConnectServices = {
    events: options,
    hub,
    sweeper: createSweeper(clock, hub),
    acceptor: createWebSocketAcceptor(clock),
    stages: createStages({
      ...options,
      isInUse: (apiId) => !isEmpty(hub.ofApi(apiId)),
      onRetired: (stage) => {
        for (const session of hub.ofApi(stage.apiId)) if (session.stage === stage) session.close(goingAway);
      },
      onFault: (error) => reportFault(options, error),
    }),
    pending: new Set(),
  };
  const sockets = new Set<Duplex>();
  const work = new Set<Promise<void>>();
  let isClosing = false;
  bus.serve((connectionId, command) => carryOut(hub, connectionId, command));

  return {
    stages: services.stages,
    get openConnections() {
      return hub.size;
    },
    upgrade(request, socket, head, endpoint) {
      if (isClosing) {
        socket.destroy();
        return;
      }
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const connection = connect(services, { request, socket, head }, endpoint);
      work.add(connection);
      void connection.then(() => work.delete(connection));
    },
    async close() {
      isClosing = true;
      services.stages.close();
      services.sweeper.close();
      for (const socket of services.pending) socket.destroy();
      for (const session of hub.all()) session.close(goingAway);
      await settleWithin(clock, shutdownMilliseconds, work);
      for (const socket of sockets) socket.destroy();
    },
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

async function settleWithin(clock: Clock, milliseconds: number, work: Iterable<Promise<void>>): Promise<void> {
  let cancel = (): void => {};
  const deadline = new Promise<void>((resolve) => {
    cancel = clock.after(milliseconds, resolve);
  });
  await Promise.race([Promise.all(work), deadline]);
  cancel();
}

function isEmpty(sessions: Iterable<unknown>): boolean {
  for (const _session of sessions) return false;
  return true;
}
