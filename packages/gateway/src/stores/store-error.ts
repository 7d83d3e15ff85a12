export type StoreErrorCode =
  /** Another process has the store open. */
  | 'store-in-use'
  /** The store cannot be opened, read or written: not a store of ours, of a later version, damaged, or out of space. */
  | 'store-unreadable'
  /** The store was asked for something after it was closed. */
  | 'store-closed';

/** What a store throws; the message says which store and what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
