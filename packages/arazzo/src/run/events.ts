import type { Diagnostic } from '../diagnostic.ts';
import type { TransportErrorCode } from '../transports/transport.ts';

/** Why a step failed: a closed set. */
export type StepFailureCode =
  | TransportErrorCode
  /** A success criterion is not satisfied. */
  | 'criterion-failed'
  /** No success criteria are given and the status is not one of success. */
  | 'status-unsuccessful'
  /** A value that the request cannot go without is absent. */
  | 'value-absent'
  /** A step that it depends on is not complete. */
  | 'dependency-incomplete'
  /** No credential could be got to send. */
  | 'authorization-failed'
  /** The inputs for a called workflow do not fit its schema. */
  | 'input-invalid'
  /** The called workflow failed. */
  | 'workflow-failed'
  | 'nested-too-deep'
  | 'step-budget-exhausted';

/** The failures after which a request is known not to have arrived anywhere. */
export const neverSent: ReadonlySet<StepFailureCode> = new Set<StepFailureCode>([
  ...(['connection-refused', 'host-not-found', 'tls-failed', 'proxy-failed', 'request-invalid', 'not-mocked'] as const),
]);

export interface StepFailureReason {
  readonly code: StepFailureCode;
  /** One sentence. */
  readonly message: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
}

type Outputs = Readonly<Record<string, unknown>>;

interface OfStep {
  readonly workflowId: string;
  readonly stepId: string;
}

/**
 * What happens in a run, in order. Bodies are parsed JSON or text. Headers and bodies may hold secrets: whoever shows
 * them decides what to leave out.
 */
export type RunEvent =
  | { readonly kind: 'run-started'; readonly document: string; readonly workflowIds: readonly string[] }
  | {
      readonly kind: 'workflow-started';
      readonly workflowId: string;
      /** Given when an action jumped to it, with the inputs that the action gives. */
      readonly transfer?: { readonly parameters: Outputs };
    }
  | ({ readonly kind: 'step-started'; readonly attempt: number } & OfStep)
  | ({
      readonly kind: 'request';
      readonly method: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: unknown;
    } & OfStep)
  | ({
      readonly kind: 'response';
      readonly method: string;
      readonly url: string;
      /** Of the URL, without the query. */
      readonly path: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, readonly string[]>>;
      readonly body?: unknown;
      readonly milliseconds: number;
    } & OfStep)
  | ({ readonly kind: 'step-succeeded'; readonly outputs: Outputs; readonly milliseconds: number } & OfStep)
  | ({
      readonly kind: 'step-failed';
      readonly reasons: readonly StepFailureReason[];
      readonly milliseconds: number;
    } & OfStep)
  /** `attempt` is the number of the attempt to come. */
  | ({ readonly kind: 'step-retrying'; readonly afterMilliseconds: number; readonly attempt: number } & OfStep)
  | { readonly kind: 'workflow-succeeded'; readonly workflowId: string; readonly outputs: Outputs }
  | {
      readonly kind: 'workflow-failed';
      readonly workflowId: string;
      readonly stepId?: string;
      readonly outputs: Outputs;
      /** One sentence, given when no `step-failed` says it: the step led to a workflow that cannot begin. */
      readonly reason?: string;
    }
  | { readonly kind: 'warning'; readonly diagnostic: Diagnostic }
  /** `outputs` by workflow. */
  | { readonly kind: 'run-succeeded'; readonly outputs: Readonly<Record<string, Outputs>> }
  | { readonly kind: 'run-failed'; readonly reason: string }
  | { readonly kind: 'run-interrupted' };
