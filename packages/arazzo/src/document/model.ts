import type { ChannelAction } from './async-api.ts';
import type { JsonRecord } from './json.ts';

/** What every object of a document has: the JSON Pointer it is written at. */
interface Written {
  readonly pointer: string;
}

/** Arazzo 1.0.1 §Source Description Object. */
export interface SourceDescription extends Written {
  readonly name: string;
  readonly url: string;
  /** `openapi` when the document does not say. */
  readonly type: string;
}

/** Arazzo 1.0.1 §Workflow Object. */
export interface Workflow extends Written {
  readonly workflowId: string;
  readonly summary?: string;
  readonly description?: string;
  /** A JSON Schema 2020-12; absent when the workflow declares no inputs. */
  readonly inputs?: unknown;
  readonly dependsOn: readonly string[];
  readonly steps: readonly Step[];
  readonly successActions: readonly (Action | Reusable)[];
  readonly failureActions: readonly (Action | Reusable)[];
  readonly parameters: readonly (Parameter | Reusable)[];
  readonly outputs: readonly Output[];
}

/** Arazzo 1.0.1 §Step Object. */
export interface Step extends Written {
  readonly stepId: string;
  readonly description?: string;
  readonly operationId?: string;
  readonly operationPath?: string;
  readonly workflowId?: string;
  readonly parameters: readonly (Parameter | Reusable)[];
  readonly requestBody?: RequestBody;
  /** Absent when the document gives none, which is not the same as an empty list. */
  readonly successCriteria?: readonly Criterion[];
  readonly onSuccess: readonly (Action | Reusable)[];
  readonly onFailure: readonly (Action | Reusable)[];
  readonly outputs: readonly Output[];
  /** Milliseconds (Arazzo 1.1.0 §Step Object). */
  readonly timeout?: number;
  /** Steps that must be complete before (Arazzo 1.1.0 §Step Object). */
  readonly dependsOn: readonly Dependency[];
  /** Names a channel of an AsyncAPI description (Arazzo 1.1.0 §Step Object). */
  readonly channelPath?: string;
  /** What the step does with a channel; an action of other steps is reported. */
  readonly action?: ChannelAction;
  /** The value that a message must bear to be the one received; it may be an expression. */
  readonly correlationId?: string;
}

/** One entry of a step's `dependsOn`, as it is written. */
export interface Dependency extends Written {
  readonly text: string;
}

/** One entry of an `outputs` map. */
export interface Output extends Written {
  readonly name: string;
  /** A runtime expression, or a Selector Object (Arazzo 1.1.0 §Selector Object). */
  readonly expression: string | JsonRecord;
}

/** Arazzo 1.0.1 §Parameter Object. */
export interface Parameter extends Written {
  readonly kind: 'parameter';
  readonly name: string;
  readonly in?: string;
  readonly value: unknown;
}

/** Arazzo 1.0.1 §Reusable Object. */
export interface Reusable extends Written {
  readonly kind: 'reusable';
  readonly reference: string;
  /** Replaces the value of the referenced parameter; `null` and `false` count, so absence is told by `hasValue`. */
  readonly value: unknown;
  readonly hasValue: boolean;
}

/** Arazzo 1.0.1 §Request Body Object. */
export interface RequestBody extends Written {
  readonly contentType?: string;
  /** `undefined` when the document gives none. */
  readonly payload: unknown;
  readonly replacements: readonly Replacement[];
}

/** Arazzo 1.0.1 §Payload Replacement Object. */
export interface Replacement extends Written {
  readonly target: string;
  /** The language of the target (`targetSelectorType`, Arazzo 1.1.0); absent when the document does not say. */
  readonly language?: ExpressionType;
  readonly value: unknown;
}

/** Arazzo 1.1.0 §Expression Type Object, and a word in its place. */
export interface ExpressionType {
  readonly type: string;
  /** Of the query language; its default when the document does not say, absent for types that have none. */
  readonly version?: string;
}

/** Arazzo 1.0.1 §Criterion Object. */
export interface Criterion extends Written, ExpressionType {
  readonly condition: string;
  readonly context?: string;
}

/** Arazzo 1.0.1 §Success Action Object and §Failure Action Object. */
export interface Action extends Written {
  readonly kind: 'action';
  readonly name: string;
  readonly type: 'end' | 'goto' | 'retry';
  readonly workflowId?: string;
  readonly stepId?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly retryLimit?: number;
  /** Inputs of the workflow that the action leads to (Arazzo 1.1.0). */
  readonly parameters: readonly (Parameter | Reusable)[];
  readonly criteria: readonly Criterion[];
}

/** Arazzo 1.0.1 §Components Object. */
export interface Components {
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly successActions: ReadonlyMap<string, Action>;
  readonly failureActions: ReadonlyMap<string, Action>;
}
