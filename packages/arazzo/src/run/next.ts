import type { AnalyzedParameter } from '../check/analysis.ts';
import type { PlannedAction } from '../plan/plan.ts';

/** Inputs of the workflow that an action leads to; absent when it gives none. */
interface Given {
  readonly parameters?: readonly AnalyzedParameter[];
}

/** What follows a step. */
export type Next =
  | { readonly kind: 'continue' }
  | { readonly kind: 'goto-step'; readonly stepId: string }
  | ({ readonly kind: 'goto-workflow'; readonly workflowId: string } & Given)
  | ({
      readonly kind: 'retry';
      /** Whose budget the retry counts against. */
      readonly action: string;
      readonly afterMilliseconds: number;
      /** Runs before the step is tried again. */
      readonly stepId?: string;
      readonly workflowId?: string;
    } & Given)
  | { readonly kind: 'end'; readonly succeeded: boolean };

export interface Situation {
  readonly succeeded: boolean;
  /** The actions for this outcome, in order. */
  readonly actions: readonly PlannedAction[];
  readonly isSatisfied: (action: PlannedAction) => boolean;
  /** How often each retry action was carried out since the step was reached. */
  readonly retries: ReadonlyMap<string, number>;
  /** The server's wish from a Retry-After header. */
  readonly retryAfterMilliseconds?: number;
}

/** A retry action without `retryLimit` retries once (Arazzo 1.0.1 §Failure Action Object). */
const DEFAULT_RETRY_LIMIT = 1;
/** No wait is longer, whatever the document or the server asks: an hour. */
export const MAX_RETRY_AFTER: number = 3_600_000;

/**
 * Decides what follows a step: the first action whose criteria are all satisfied, a retry only while its limit is not
 * exhausted. Without one, success goes on to the next step and failure ends the workflow. An action `end` after a failure
 * ends the workflow as failed.
 */
export function decideNext(situation: Situation): Next {
  for (const action of situation.actions) {
    if (!isExhausted(action, situation) && situation.isSatisfied(action)) return follow(action, situation);
  }
  return situation.succeeded ? { kind: 'continue' } : { kind: 'end', succeeded: false };
}

function isExhausted({ action }: PlannedAction, { retries }: Situation): boolean {
  return action.type === 'retry' && (retries.get(action.name) ?? 0) >= (action.retryLimit ?? DEFAULT_RETRY_LIMIT);
}

function follow(planned: PlannedAction, { succeeded, retryAfterMilliseconds }: Situation): Next {
  const { action, workflowId } = planned;
  const { stepId } = action;
  const given = planned.parameters.length > 0 ? { parameters: planned.parameters } : {};
  switch (action.type) {
    case 'end':
      return { kind: 'end', succeeded };
    case 'goto':
      return workflowId === undefined
        ? { kind: 'goto-step', stepId: stepId ?? '' }
        : { kind: 'goto-workflow', workflowId, ...given };
    case 'retry': {
      const wished = retryAfterMilliseconds ?? (action.retryAfter ?? 0) * 1000;
      return {
        kind: 'retry',
        action: action.name,
        ...given,
        afterMilliseconds: Math.min(wished, MAX_RETRY_AFTER),
        ...(stepId !== undefined && { stepId }),
        ...(workflowId !== undefined && { workflowId }),
      };
    }
  }
}

/** Milliseconds until the time of a Retry-After header (RFC 9110 §10.2.3): seconds or an HTTP date. */
export function parseRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const time = /GMT$/.test(text.trim()) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}
