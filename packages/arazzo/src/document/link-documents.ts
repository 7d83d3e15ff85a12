import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument, LinkedDocument } from './arazzo-document.ts';
import { readInputSchemas } from './input-schemas.ts';
import type { SourceDescription } from './model.ts';
import { openSourceFile } from './open-source-file.ts';
import { childPointer } from './pointer.ts';
import { type Origin, readDocument, refuseRoot } from './read-document.ts';
import { locateFinding, type SourceFile } from './source-file.ts';

/** More documents that lead to each other are not read. */
const MAX_DOCUMENTS = 500;

/** A document whose links are still being filled in. */
interface Draft {
  readonly document: ArazzoDocument;
  readonly linked: Map<string, LinkedDocument>;
}

/** By their places and by what they call themselves. */
type Drafts = Map<string, Draft>;
type OwnOrigin = Pick<Origin, 'library' | 'fallbackBase'>;

/**
 * Reads a document and all the Arazzo documents that its sources lead to, each once: one is known by its `$self` as well
 * as by its place (Arazzo 1.1.0 §Resolving References), so documents may lead to each other in circles.
 */
export async function linkDocuments(file: SourceFile, origin: OwnOrigin): Promise<ArazzoDocument> {
  const drafts: Drafts = new Map();
  const root = await beginDraft(drafts, file, [], origin);
  // A map visits what is added on the way; a draft it holds twice has nothing left to link.
  for (const draft of drafts.values()) {
    for (const description of draft.document.sources) {
      if (description.type !== 'arazzo' || draft.linked.has(description.name)) continue;
      draft.linked.set(description.name, await linkSource(drafts, draft.document, description, origin));
    }
  }
  return root.document;
}

/** What a source of the type `arazzo` holds: a document that is known already, or one that is begun now. */
async function linkSource(
  drafts: Drafts,
  document: ArazzoDocument,
  description: SourceDescription,
  origin: OwnOrigin,
): Promise<LinkedDocument> {
  const known = drafts.get(resolveUrl(document, description))?.document;
  if (known !== undefined) return { document: known, url: known.url, problems: [] };
  const { url, file, problems } = await openArazzo(document, description);
  if (file === undefined || drafts.size > MAX_DOCUMENTS) return { url, problems };
  const draft = drafts.get(file.url) ?? (await beginDraft(drafts, file, [...document.path, description.name], origin));
  return { document: draft.document, url, problems };
}

async function beginDraft(
  drafts: Drafts,
  file: SourceFile,
  path: readonly string[],
  origin: OwnOrigin,
): Promise<Draft> {
  const linked = new Map<string, LinkedDocument>();
  const schemaFiles = new Map<string, SourceFile>();
  const document = readDocument(file, { ...origin, path, linked, schemaFiles });
  const findings = await readInputSchemas(document, document.workflows, schemaFiles);
  const structure = [...document.structure, ...findings.map((finding) => locateFinding(file, finding))];
  const draft = { document: { ...document, structure }, linked };
  drafts.set(document.url, draft).set(document.base, draft);
  return draft;
}

function resolveUrl(document: ArazzoDocument, { url }: SourceDescription): string {
  return URL.canParse(url, document.base) ? new URL(url, document.base).href : url;
}

interface OpenedDocument {
  readonly file?: SourceFile;
  readonly url: string;
  readonly problems: readonly Diagnostic[];
}

async function openArazzo(document: ArazzoDocument, description: SourceDescription): Promise<OpenedDocument> {
  const { url, opened, note } = await openSourceFile(document, description);
  const refuse = (code: 'file-unreadable' | 'not-arazzo', message: string): Diagnostic =>
    locateFinding(document.file, {
      code,
      severity: 'error',
      message,
      pointer: childPointer(description.pointer, 'url'),
    });
  const notes = note ? [locateFinding(document.file, note)] : [];
  if (opened.kind === 'unreadable') {
    const message = `The source "${description.name}" cannot be read: ${opened.message}`;
    return { url, problems: [refuse('file-unreadable', message)] };
  }
  if (opened.kind === 'refused') {
    const message = `The source "${description.name}" is not an Arazzo document.`;
    return { url, problems: [refuse('not-arazzo', message), ...opened.diagnostics] };
  }
  const unfit = refuseRoot(opened.file);
  if (unfit === undefined) return { url, file: opened.file, problems: notes };
  const message = `The source "${description.name}" (${url}) is of the type "arazzo". ${unfit.message}`;
  return { url, problems: [refuse('not-arazzo', message)] };
}
