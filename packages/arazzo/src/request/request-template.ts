import type { Operation } from '../document/openapi/operation.ts';
import type { Template } from '../expression/template.ts';
import type { QueryResult } from '../query/query.ts';

/** The request of a step before its values are known. */
export interface RequestTemplate {
  readonly operation: Operation;
  readonly baseUrl: string;
  readonly parameters: readonly ParameterTemplate[];
  readonly body?: BodyTemplate;
}

export interface ParameterTemplate {
  readonly name: string;
  /** Absent in a step that calls a workflow, where parameters are inputs. */
  readonly in?: string;
  readonly template: Template;
}

export interface BodyTemplate {
  readonly contentType?: string;
  /** Absent when the step gives no payload. */
  readonly payload?: Template;
  readonly replacements: readonly ReplacementTemplate[];
}

export interface ReplacementTemplate {
  readonly target: string;
  /** Of the target: the one given, else XPath for XML and JSON Pointer for everything else. */
  readonly language: string;
  readonly query: QueryResult;
  readonly template: Template;
}
