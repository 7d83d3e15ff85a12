import type { ConnectionDescription } from '../cluster/bus.ts';
import type { ConnectionContext } from '../model/request-context.ts';
import type { EventServices } from './call-integration.ts';
import type { ClientSocket, ClientSocketEvents } from './client-socket.ts';
import {
  binaryNotSupported,
  type CloseReason,
  closedAbnormally,
  describeClose,
  messageTooBig,
} from './close-reason.ts';
import { dispatchDisconnect, dispatchMessage, type Frame } from './dispatch.ts';
import { maxCharactersInFlight, maxMessagesInFlight, maxUnreadBytes, pingsCountAsTraffic } from './limits.ts';
import type { LiveStage } from './live-stage.ts';
import { toTextFrame } from './text-frame.ts';

/** A connection from the moment it was accepted. */
export interface Session {
  readonly connection: ConnectionContext;
  readonly stage: LiveStage;
  /** `false` from the moment either side has begun to close. */
  readonly isOpen: boolean;
  /** Milliseconds since the Unix epoch: the last data in either direction, and pings where they count. */
  readonly lastTrafficAt: number;
  describe(): ConnectionDescription;
  /** Sends the bytes as one text message. */
  post(data: Uint8Array): void;
  /** Begins to close; a session that is already closing keeps its first reason. */
  close(reason: CloseReason): void;
}

export interface SessionOptions {
  readonly services: EventServices;
  readonly connection: ConnectionContext;
  readonly stage: LiveStage;
  /** The session takes part in nothing any more; called once, as soon as it begins to close. */
  onLeaving(session: Session): void;
  /** Called once, with the work that the end of the connection has started. */
  onClosed(session: Session, disconnect: Promise<void>): void;
}

type State =
  | { readonly kind: 'open' }
  /** The gateway has decided why the connection ends. */
  | { readonly kind: 'closing'; readonly close: CloseReason }
  | { readonly kind: 'closed' };

/** Opens a session on a socket; the events it returns include its own end. */
export function openSession(
  options: SessionOptions,
  socket: ClientSocket,
): { readonly session: Session; readonly events: ClientSocketEvents } {
  const session = new OpenedSession(options, socket);
  return { session, events: session };
}

class OpenedSession implements Session, ClientSocketEvents {
  readonly #options: SessionOptions;
  readonly #socket: ClientSocket;
  #state: State = { kind: 'open' };
  #lastActiveAt: number;
  #lastTrafficAt: number;
  #inFlight = 0;
  #charactersInFlight = 0;
  /** Messages that were read before reading stopped. They have been received, so they are worked on even if the client leaves. */
  readonly #waiting: string[] = [];

  constructor(options: SessionOptions, socket: ClientSocket) {
    this.#options = options;
    this.#socket = socket;
    this.#lastActiveAt = options.connection.connectedAt;
    this.#lastTrafficAt = options.services.clock.now();
  }

  get connection(): ConnectionContext {
    return this.#options.connection;
  }

  get stage(): LiveStage {
    return this.#options.stage;
  }

  get isOpen(): boolean {
    return this.#state.kind === 'open' && this.#socket.isOpen;
  }

  get lastTrafficAt(): number {
    return this.#lastTrafficAt;
  }

  describe(): ConnectionDescription {
    const { apiId, stage, connectedAt, sourceIp, userAgent } = this.connection;
    return { apiId, stage, connectedAt, lastActiveAt: this.#lastActiveAt, sourceIp, userAgent };
  }

  post(data: Uint8Array): void {
    this.#lastActiveAt = this.#options.services.clock.now();
    const counts = this.stage.lastRuntime?.settings.callbacks.counts;
    if (counts) counts.messageCount += 1;
    this.#send(toTextFrame(data));
  }

  close(close: CloseReason): void {
    if (!this.#leave(close)) return;
    this.#socket.close(close.code, close.reason);
  }

  text(content: string): void {
    if (this.#state.kind !== 'open') return;
    this.#lastActiveAt = this.#lastTrafficAt = this.#options.services.clock.now();
    if (this.#mayDispatch) {
      this.#dispatch(content);
      return;
    }
    this.#waiting.push(content);
    this.#socket.pause();
  }

  binary(): void {
    this.close(binaryNotSupported);
  }

  tooBig(): void {
    this.close(messageTooBig);
  }

  ping(): void {
    if (pingsCountAsTraffic) this.#lastTrafficAt = this.#options.services.clock.now();
    this.#dropWhenUnread();
  }

  violated(code: number): void {
    this.#leave(code === messageTooBig.code ? messageTooBig : { code, reason: '' });
  }

  closed(code: number, reason: string): void {
    if (this.#state.kind === 'closed') return;
    this.#leave(describeClose(code, reason));
    const close = this.#state.kind === 'closing' ? this.#state.close : closedAbnormally;
    this.#state = { kind: 'closed' };

    const { services, connection, stage } = this.#options;
    const { apiId, stage: stageName, connectionId } = connection;
    services.emit({ kind: 'connection-closed', apiId, stage: stageName, connectionId, ...close });
    this.#options.onClosed(this, dispatchDisconnect(services, stage, connection, close));
  }

  /** Only the first reason counts; says whether this was it. */
  #leave(close: CloseReason): boolean {
    if (this.#state.kind !== 'open') return false;
    this.#state = { kind: 'closing', close };
    this.#options.onLeaving(this);
    return true;
  }

  get #mayDispatch(): boolean {
    return this.#inFlight < maxMessagesInFlight && this.#charactersInFlight < maxCharactersInFlight;
  }

  #dispatch(content: string): void {
    this.#inFlight += 1;
    this.#charactersInFlight += content.length;
    const { services, stage, connection } = this.#options;
    void dispatchMessage(services, stage, connection, content).then((frame) => this.#dispatched(content.length, frame));
  }

  #dispatched(characters: number, frame: Frame | undefined): void {
    this.#inFlight -= 1;
    this.#charactersInFlight -= characters;
    if (frame !== undefined && this.isOpen) this.#send(frame);
    while (this.#mayDispatch && this.#waiting.length > 0) this.#dispatch(this.#waiting.shift() ?? '');
    if (this.#waiting.length === 0) this.#socket.resume();
  }

  #send(frame: Frame): void {
    this.#lastTrafficAt = this.#options.services.clock.now();
    this.#socket.sendText(frame);
    this.#dropWhenUnread();
  }

  /** A client that does not read would make the gateway keep everything that is sent to it. */
  #dropWhenUnread(): void {
    if (this.#socket.unreadBytes <= maxUnreadBytes) return;
    this.#leave({ code: closedAbnormally.code, reason: `More than ${maxUnreadBytes} bytes were left unread` });
    this.#socket.drop();
  }
}
