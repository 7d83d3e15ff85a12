import type { Template } from './template.ts';

/** The values that expressions can reach at one moment of a run. */
export interface Scope {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Of the steps of this workflow that ran; an output that had no value is there with `undefined`. */
  readonly steps: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** Of the workflows that ran. */
  readonly workflows: Pick<ReadonlyMap<string, WorkflowValues>, 'get'>;
  /** The source descriptions by name. */
  readonly sources: ReadonlyMap<string, SourceFields>;
  /** What the document calls itself, absolute; absent when it does not. */
  readonly self?: string;
  /** The values of component parameters by name, when expressions name any. */
  readonly components?: ReadonlyMap<string, Template>;
  /** Of the workflow that this step called. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Absent until the step has sent its request. */
  readonly exchange?: Exchange;
}

/** What expressions can read of a source description; its URL is absolute. */
export type SourceFields = Readonly<Record<'name' | 'url' | 'type', string>>;

export interface WorkflowValues {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A request and, unless it failed, the response to it. */
export interface Exchange {
  readonly url: string;
  readonly method: string;
  readonly request: {
    /** Names in lower case. */
    readonly headers: ReadonlyMap<string, string>;
    readonly query: ReadonlyMap<string, unknown>;
    readonly path: ReadonlyMap<string, unknown>;
    readonly body: unknown;
  };
  readonly response?: {
    readonly status: number;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, readonly string[]>>;
    readonly body: unknown;
  };
}
