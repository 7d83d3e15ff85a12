import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument } from './arazzo-document.ts';
import { quote } from './json.ts';
import { createLibrary, openDiagnostics } from './library.ts';
import { linkDocuments } from './link-documents.ts';
import { refuseRoot } from './read-document.ts';
import { type DocumentReader, fileReader } from './readers.ts';
import { locateFinding } from './source-file.ts';

export type LoadResult =
  | { readonly kind: 'loaded'; readonly document: ArazzoDocument }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

export interface LoadOptions {
  /** Ends reading of files. */
  readonly signal?: AbortSignal;
  /** The folder, ending with a slash, that sources are looked for in when they are not where the document says. */
  readonly base?: URL;
}

/**
 * Reads an Arazzo document and the Arazzo documents among its sources. It is refused when it is not YAML or JSON, not
 * Arazzo, or of a version other than 1.0.x and 1.1.x; everything else that is wrong with it is left to `check`. Its other
 * sources are not read yet. Rejects only when it is given no URL.
 */
export async function loadDocument(
  url: URL,
  reader: DocumentReader = fileReader,
  options: LoadOptions = {},
): Promise<LoadResult> {
  // Programs that are not type-checked give a path.
  if (typeof url?.href !== 'string') {
    const example = 'new URL("api.arazzo.yaml", import.meta.url), or what pathToFileURL of node:url makes of a path';
    throw new TypeError(`loadDocument was given ${quote(url)}; a URL was expected: ${example}.`);
  }
  const library = createLibrary(reader, options.signal);
  const opened = await library.open(url.href);
  if (opened.kind !== 'opened') return { kind: 'refused', diagnostics: openDiagnostics(url.href, opened) };
  const { file } = opened;
  const refusal = refuseRoot(file);
  if (refusal !== undefined) return { kind: 'refused', diagnostics: [locateFinding(file, refusal)] };
  const origin = { library, ...(options.base && { fallbackBase: options.base.href }) };
  return { kind: 'loaded', document: await linkDocuments(file, origin) };
}
