import type { Diagnostic } from '../diagnostic.ts';
import type { Library } from './library.ts';
import type { Components, SourceDescription, Workflow } from './model.ts';
import type { SourceFile } from './source-file.ts';

/** An Arazzo document as it was read: what it says, where it says so, and how to reach its sources. */
export interface ArazzoDocument {
  readonly url: string;
  /** What relative URLs in the document are relative to. */
  readonly base: string;
  /** The value of the field `arazzo`. */
  readonly version: string;
  readonly title: string;
  readonly sources: readonly SourceDescription[];
  readonly workflows: readonly Workflow[];
  readonly components: Components;
  /** What does not fit the structure that the specification gives; `check` reports it. */
  readonly structure: readonly Diagnostic[];
  readonly file: SourceFile;
  readonly library: Library;
}

/** The workflow of that id, or `undefined`. Of duplicates, which `check` refuses, the first. */
export function findWorkflow(document: ArazzoDocument, workflowId: string): Workflow | undefined {
  return document.workflows.find((workflow) => workflow.workflowId === workflowId);
}
