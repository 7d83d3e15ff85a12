import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument, LinkedDocument } from './arazzo-document.ts';
import { readInputSchemas } from './input-schemas.ts';
import type { SourceDescription } from './model.ts';
import { openSourceFile } from './open-source-file.ts';
import { childPointer } from './pointer.ts';
import { type Origin, readDocument, readSelf, refuseRoot } from './read-document.ts';
import { relativeReference } from './relative-reference.ts';
import { locateFinding, type SourceFile } from './source-file.ts';

/** More documents that lead to each other are not read. */
const MAX_DOCUMENTS = 500;

type OwnOrigin = Pick<Origin, 'library' | 'fallbackBase'>;

/**
 * Reads a document and all the Arazzo documents that its sources lead to, each once: one is known by its `$self` as well
 * as by its place (Arazzo 1.1.0 §Resolving References), so documents may lead to each other in circles.
 */
export function linkDocuments(file: SourceFile, origin: OwnOrigin): Promise<ArazzoDocument> {
  return new Linking(origin).link(file);
}

interface UnlinkedSource {
  readonly document: ArazzoDocument;
  readonly linked: Map<string, LinkedDocument>;
  readonly description: SourceDescription;
}

/** Lives until all documents are linked: those read so far, and the sources that wait. */
class Linking {
  readonly #origin: OwnOrigin;
  /** By their places and by what they call themselves. */
  readonly #documents = new Map<string, ArazzoDocument>();
  readonly #near = new Queue<UnlinkedSource>();
  /** What would be read over the network comes last: a file may call itself that. */
  readonly #far = new Queue<UnlinkedSource>();
  #count = 0;

  constructor(origin: OwnOrigin) {
    this.#origin = origin;
  }

  async link(file: SourceFile): Promise<ArazzoDocument> {
    const root = await this.#read(file, []);
    const next = () => this.#near.take() ?? this.#far.take();
    for (let source = next(); source !== undefined; source = next()) {
      source.linked.set(source.description.name, await this.#linkSource(source.document, source.description));
    }
    return root;
  }

  /** What a source of the type `arazzo` holds: a document that is known already, or one that is read now. */
  async #linkSource(document: ArazzoDocument, description: SourceDescription): Promise<LinkedDocument> {
    const known = this.#documents.get(resolveUrl(document, description));
    if (known !== undefined) return { document: known, url: known.url, problems: [] };
    if (this.#count >= MAX_DOCUMENTS) return refuseMore(document, description);
    const { url, file, problems } =
      (await openNamesake(document, description)) ?? (await openArazzo(document, description));
    if (file === undefined) return { url, problems };
    const linked = this.#documents.get(file.url) ?? (await this.#read(file, [...document.path, description.name]));
    return { document: linked, url, problems };
  }

  async #read(file: SourceFile, path: readonly string[]): Promise<ArazzoDocument> {
    const linked = new Map<string, LinkedDocument>();
    const schemaFiles = new Map<string, SourceFile>();
    const read = readDocument(file, { ...this.#origin, path, linked, schemaFiles });
    const findings = await readInputSchemas(read, read.workflows, schemaFiles);
    const structure = [...read.structure, ...findings.map((finding) => locateFinding(file, finding))];
    const document = { ...read, structure };
    this.#count += 1;
    // The first to call itself something is known by it.
    for (const name of [document.url, document.base]) {
      if (!this.#documents.has(name)) this.#documents.set(name, document);
    }
    for (const description of document.sources) {
      if (description.type !== 'arazzo') continue;
      const isFar = /^https?:/.test(resolveUrl(document, description));
      (isFar ? this.#far : this.#near).put({ document, linked, description });
    }
    return document;
  }
}

/** First in, first out, in constant time. */
class Queue<Item> {
  readonly #items: Item[] = [];
  #taken = 0;

  put(item: Item): void {
    this.#items.push(item);
  }

  take(): Item | undefined {
    const item = this.#items[this.#taken];
    if (item !== undefined) this.#taken += 1;
    return item;
  }
}

function refuseMore(document: ArazzoDocument, description: SourceDescription): LinkedDocument {
  const url = resolveUrl(document, description);
  const message = `The source "${description.name}" is not read: more than ${MAX_DOCUMENTS} Arazzo documents lead to each other.`;
  const pointer = childPointer(description.pointer, 'url');
  const finding = { code: 'file-unreadable', severity: 'error', message, pointer } as const;
  return { url, problems: [locateFinding(document.file, finding)] };
}

function resolveUrl(document: ArazzoDocument, { url }: SourceDescription): string {
  return URL.canParse(url, document.base) ? new URL(url, document.base).href : url;
}

/**
 * A file beside the document that calls itself what the source is called: a document on this machine whose `$self` is
 * elsewhere names others by where they are published.
 */
async function openNamesake(
  document: ArazzoDocument,
  description: SourceDescription,
): Promise<OpenedDocument | undefined> {
  const asked = resolveUrl(document, description);
  const written = relativeReference(document.base, description.url);
  if (document.base === document.url || !URL.canParse(written, document.url)) return undefined;
  const beside = new URL(written, document.url).href;
  if (beside === asked) return undefined;
  const opened = await document.library.open(beside);
  if (opened.kind !== 'opened' || refuseRoot(opened.file) !== undefined) return undefined;
  return readSelf(opened.file) === asked ? { url: beside, file: opened.file, problems: [] } : undefined;
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
