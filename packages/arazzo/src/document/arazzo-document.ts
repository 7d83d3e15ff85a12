import type { Diagnostic } from '../diagnostic.ts';
import type { Library } from './library.ts';
import type { Components, SourceDescription, Workflow } from './model.ts';
import type { SourceFile } from './source-file.ts';

/** An Arazzo document as it was read: what it says, where it says so, and how to reach its sources. */
export interface ArazzoDocument {
  readonly url: string;
  /** What the document calls itself (Arazzo 1.1.0 `$self`), absolute; absent when it does not. */
  readonly self?: string;
  /** What relative URLs in the document are relative to. */
  readonly base: string;
  /** Where sources are looked for that are not at their place, when the caller gave one. */
  readonly fallbackBase?: string;
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
  /** The names of the sources that lead here from the document that was loaded, which has none itself. */
  readonly path: readonly string[];
  /** What the sources of the type `arazzo` hold, by their name. */
  readonly linked: ReadonlyMap<string, LinkedDocument>;
  /** The files that the schemas of inputs refer to, by URL. */
  readonly schemaFiles: ReadonlyMap<string, SourceFile>;
}

/** What a source of the type `arazzo` holds. `problems` may hold warnings although the source can be used. */
export interface LinkedDocument {
  /** Absent when the source cannot be used. */
  readonly document?: ArazzoDocument;
  readonly url: string;
  readonly problems: readonly Diagnostic[];
}

/** A workflow with the document it is in. */
export interface WorkflowSite {
  /** Unique among all documents: the `workflowId`, or for another document the expression that leads there. */
  readonly id: string;
  readonly workflow: Workflow;
  readonly document: ArazzoDocument;
}

/**
 * The workflow that a `workflowId` of a document names, or `undefined`: its own, or one of another document by
 * `$sourceDescriptions.<name>.<workflowId>`. Of duplicates, which `check` refuses, the first.
 */
export function findWorkflow(document: ArazzoDocument, workflowId: string): WorkflowSite | undefined {
  const named = findNamed(document, workflowId);
  if (named !== undefined) return named;
  const shorter = withoutSegment(document, workflowId);
  return shorter === undefined ? undefined : findNamed(document, shorter);
}

/**
 * The way to write a reference that names a workflow by `$sourceDescriptions.<name>.workflows.<workflowId>`, as published
 * documents do; `undefined` for every other reference.
 */
export function correctReference(document: ArazzoDocument, workflowId: string): string | undefined {
  const shorter = findNamed(document, workflowId) === undefined ? withoutSegment(document, workflowId) : undefined;
  return shorter !== undefined && findNamed(document, shorter) !== undefined ? shorter : undefined;
}

const prefix = '$sourceDescriptions.';

function findNamed(document: ArazzoDocument, workflowId: string): WorkflowSite | undefined {
  const workflow = document.workflows.find((candidate) => candidate.workflowId === workflowId);
  if (workflow !== undefined) return { id: workflowIdIn(document, workflow.workflowId), workflow, document };
  if (!workflowId.startsWith(prefix)) return undefined;
  // A workflowId may hold dots, so only the name of the source is split off.
  for (const [name, { document: linked }] of document.linked) {
    const start = `${prefix}${name}.`;
    const found = linked && workflowId.startsWith(start) && findNamed(linked, workflowId.slice(start.length));
    if (found) return found;
  }
  return undefined;
}

function withoutSegment({ linked }: ArazzoDocument, workflowId: string): string | undefined {
  for (const name of linked.keys()) {
    const start = `${prefix}${name}.`;
    if (workflowId.startsWith(`${start}workflows.`))
      return start + workflowId.slice(start.length + 'workflows.'.length);
  }
  return undefined;
}

/** The id of a workflow that is unique among all documents. */
export function workflowIdIn(document: ArazzoDocument, workflowId: string): string {
  return `${document.path.map((name) => `$sourceDescriptions.${name}.`).join('')}${workflowId}`;
}

/** The name of a source that is unique among all documents: those of other documents follow the names that lead there. */
export function sourceNameIn(document: ArazzoDocument, name: string): string {
  return [...document.path, name].join('.');
}

/** The document and all that it reaches by its sources, each once, itself first. */
export function reachDocuments(document: ArazzoDocument): readonly ArazzoDocument[] {
  const reached = new Set([document]);
  for (const current of reached) {
    for (const { document: linked } of current.linked.values()) if (linked !== undefined) reached.add(linked);
  }
  return [...reached];
}
