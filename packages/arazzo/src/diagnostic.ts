export type Severity = 'error' | 'warning';

/** A place in a text file. Both count from 1; columns count UTF-16 code units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The closed set of things that can be wrong with a document, its sources, its inputs or its use. */
export type DiagnosticCode =
  | 'file-unreadable'
  | 'file-too-large'
  | 'not-yaml'
  | 'duplicate-key'
  | 'alias-refused'
  | 'not-arazzo'
  | 'unsupported-version'
  | 'missing-member'
  | 'wrong-type'
  | 'invalid-value'
  | 'invalid-schema'
  | 'unknown-member'
  | 'not-supported'
  | 'later-version'
  | 'duplicate-id'
  | 'not-openapi'
  | 'not-asyncapi'
  | 'source-elsewhere'
  | 'unknown-source'
  | 'unknown-operation'
  | 'ambiguous-operation'
  | 'unprefixed-operation'
  | 'bare-source-name'
  | 'operation-id-in-path'
  | 'workflows-in-reference'
  | 'unknown-workflow'
  | 'workflow-cycle'
  | 'workflow-not-run'
  | 'unknown-step'
  | 'forward-step'
  | 'step-cycle'
  | 'unreachable-step'
  | 'endless-loop'
  | 'skipped-step'
  | 'unknown-output'
  | 'unknown-input'
  | 'unknown-component'
  | 'invalid-expression'
  | 'missing-braces'
  | 'property-path'
  | 'early-message-expression'
  | 'invalid-condition'
  | 'invalid-selector'
  | 'unresolved-reference'
  | 'missing-parameter'
  | 'undeclared-parameter'
  | 'missing-body'
  | 'invalid-parameter'
  | 'invalid-body'
  | 'unknown-target'
  | 'missing-body-member'
  | 'enum-violation'
  | 'type-mismatch'
  | 'unknown-response-member'
  | 'impossible-criterion'
  | 'false-content-type'
  | 'unmet-pattern'
  | 'inexact-number'
  | 'missing-input'
  | 'invalid-input'
  | 'undeclared-input'
  | 'missing-server'
  | 'invalid-server'
  | 'security-not-applied'
  | 'unencrypted-credential'
  | 'unknown-credential'
  | 'invalid-credential';

/** A change of text: what is between two places becomes `text`. */
export interface TextEdit {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** One finding: what is wrong, where it is written and what was expected. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  /** Of the file the finding is in. */
  readonly url: string;
  /** JSON Pointer of the value inside that file; empty for the whole file. */
  readonly pointer: string;
  readonly start?: Position;
  readonly end?: Position;
  /** The text of the line at `start`. */
  readonly sourceLine?: string;
  /** What puts it right, where that is certain. */
  readonly fix?: TextEdit;
}

/** Tells whether any finding forbids going on. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
