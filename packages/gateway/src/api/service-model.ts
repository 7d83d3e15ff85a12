/**
 * The vocabulary of the operations table: what the service model says about operations and the structures they
 * exchange. The facts themselves are in `generated/service-model.ts`, their amendments in `corrections.ts`.
 */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly structures: Readonly<Record<string, StructureModel>>;
  readonly enumerations: Readonly<Record<string, readonly string[]>>;
  /** Exception name → HTTP status. */
  readonly errors: Readonly<Record<string, number>>;
}

export interface OperationModel {
  readonly method: string;
  /** Labels carry member names: `/v2/apis/{ApiId}`. */
  readonly path: string;
  /** The status of a success. */
  readonly status: number;
  /** Name of the structure that the request is. */
  readonly input: string;
  /** Absent when a success carries no members. */
  readonly output?: string;
  /** Names of the declared exceptions. */
  readonly errors: readonly string[];
}

/** Member name, as the SDKs spell it → member. On the wire its first letter is in lower case. */
export type StructureModel = Readonly<Record<string, MemberModel>>;

interface MemberModel {
  /** Absent for members of the JSON body; `payload` is a whole body without JSON around it. */
  readonly location?: 'uri' | 'query' | 'payload';
  readonly required?: true;
  readonly type: TypeModel;
}

export type TypeModel =
  | { readonly kind: 'string' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'blob' }
  | { readonly kind: 'enumeration'; readonly name: string }
  | { readonly kind: 'structure'; readonly name: string }
  | { readonly kind: 'list'; readonly of: TypeModel }
  /** Keys are the user's and belong to no dialect. */
  | { readonly kind: 'map'; readonly of: TypeModel };
