import type { OperationSite } from './operation-index.ts';
import type { Schema } from './schema.ts';
import type { SecurityAlternative } from './security.ts';
import type { Server } from './server.ts';

/** An operation of an OpenAPI description, with everything needed to call it. */
export interface Operation {
  /** Where it is written. */
  readonly site: OperationSite;
  readonly sourceName: string;
  readonly operationId?: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly OperationParameter[];
  readonly body?: OperationBody;
  readonly server: Server;
  /** Of the server with its variables at their defaults; `undefined` when it cannot be reached. */
  readonly serverUrl: string | undefined;
  readonly security: readonly SecurityAlternative[];
}

export interface OperationParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  /** The default of its place when absent. */
  readonly style?: string;
  /** The default of its style when absent. */
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** Given when the parameter is described by `content` instead of a schema. */
  readonly mediaType?: string;
  readonly allowed?: readonly unknown[];
  /** Given when values are of this type alone. */
  readonly type?: 'integer' | 'number' | 'boolean';
}

export interface OperationBody {
  readonly required: boolean;
  /** In the order of the description. */
  readonly contents: readonly BodyContent[];
}

export interface BodyContent extends Encodings {
  readonly mediaType: string;
  readonly schema?: Schema;
}

/** How the single values of a body are written (OpenAPI 3.2 §Encoding Usage and Restrictions). */
export interface Encodings {
  /** Of the members of an object, by name. */
  readonly encoding: ReadonlyMap<string, Encoding>;
  /** Of the first items of a list, in turn. */
  readonly prefixEncoding?: readonly Encoding[];
  /** Of the items after those. */
  readonly itemEncoding?: Encoding;
}

/** An Encoding Object; what it says of encodings itself is for the parts within a part. */
export interface Encoding extends Partial<Encodings> {
  readonly contentType?: string;
  /** Without `Content-Type`, which counts for nothing here. */
  readonly headers?: readonly PartHeader[];
  readonly style?: string;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

/** A header of a part of a multipart body (OpenAPI 3.2 §Header Object). */
export interface PartHeader {
  readonly name: string;
  readonly required: boolean;
  /** The only value that its schema lists, else its default; absent when the description leaves it open. */
  readonly fixed?: unknown;
  readonly explode?: boolean;
  /** Given when it is described by `content` instead of a schema. */
  readonly mediaType?: string;
}

/** What a request may hold. */
export type RequestDescription = Pick<Operation, 'parameters' | 'body'>;
