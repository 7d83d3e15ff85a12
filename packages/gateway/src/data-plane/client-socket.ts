/** What a session asks of the socket under it. */
export interface ClientSocket {
  /** `false` from the moment either side has begun to close. */
  readonly isOpen: boolean;
  /** Bytes that were sent and not yet taken by the client's side. */
  readonly unreadBytes: number;
  /** Sends one text message; bytes must be UTF-8. */
  sendText(content: string | Uint8Array): void;
  /** Begins the closing handshake, which is bounded in time. */
  close(code: number, reason: string): void;
  /** Drops the connection without a closing handshake. */
  drop(): void;
  /** Stops and resumes reading; what was read already may still arrive. */
  pause(): void;
  resume(): void;
}

/** What the socket tells its session. Nothing comes after `closed`. */
export interface ClientSocketEvents {
  text(content: string): void;
  binary(): void;
  /** A frame or message is longer than allowed. */
  tooBig(): void;
  ping(): void;
  /** The client broke the protocol; the socket closes itself with this code. */
  violated(code: number): void;
  /** Comes exactly once. 1005 means a close frame without code, 1006 that none came. */
  closed(code: number, reason: string): void;
}
