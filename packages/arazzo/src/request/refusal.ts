import type { QueryResult } from '../query/query.ts';

/** Why a request cannot be made. */
export interface RefusalReason {
  /** A value that the request cannot go without is absent, or one that is there cannot be sent. */
  readonly code: 'value-absent' | 'request-invalid';
  /** One sentence. */
  readonly message: string;
}

/** Thrown inside the building of a request that cannot be sent; `buildRequest` turns it into a result. */
export class Refusal extends Error {
  readonly reason: RefusalReason;
  /** The target of the replacement that fails, when one does. */
  readonly target?: QueryResult;

  constructor(code: RefusalReason['code'], message: string, target?: QueryResult) {
    super(message);
    this.reason = { code, message };
    if (target !== undefined) this.target = target;
  }
}
