/** What is asked of the node that owns a connection. */
export type ConnectionCommand =
  | { readonly kind: 'post'; readonly data: Uint8Array }
  | { readonly kind: 'get' }
  | { readonly kind: 'delete' };

export type ConnectionReply =
  | { readonly kind: 'done' }
  | { readonly kind: 'connection'; readonly connection: ConnectionDescription }
  /** Closed, deleted, expired, or still waiting for its `$connect` integration. */
  | { readonly kind: 'gone' };

/** Times are milliseconds since the Unix epoch. */
export interface ConnectionDescription {
  readonly apiId: string;
  readonly stage: string;
  readonly connectedAt: number;
  readonly lastActiveAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

export type ConnectionCommandHandler = (connectionId: string, command: ConnectionCommand) => ConnectionReply;

/**
 * Port: reaches the node that owns a connection. The owner is read from the connection id, so nothing is looked up.
 *
 * Guarantees: a command is carried out at most once; `post` resolves when the owner has accepted the bytes for delivery,
 * not when the client has read them; commands from one caller to one connection are carried out in order.
 */
export interface Bus {
  /** Called once by the node's data plane; commands for connections of this node go to `handler`. */
  serve(handler: ConnectionCommandHandler): void;
  command(connectionId: string, command: ConnectionCommand): Promise<ConnectionReply>;
  close(): Promise<void>;
}
