import type { StepFailureReason } from './events.ts';

/** Thrown inside the building of a request that cannot be sent; `buildRequest` turns it into a result. */
export class Refusal extends Error {
  readonly reason: StepFailureReason;

  constructor(code: StepFailureReason['code'], message: string) {
    super(message);
    this.reason = { code, message };
  }
}
