import { pathToFileURL } from 'node:url';
import { type ArazzoDocument, type Diagnostic, type LoadOptions, loadDocument } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { countDiagnostics, showDiagnostics, showUrl } from '../output/diagnostics.ts';
import type { Output } from '../output/output.ts';
import { createDocumentReader } from './document-reader.ts';
import type { NetworkOptions } from './network.ts';

/** A path or a `file:`, `http:` or `https:` URL, as given on the command line. */
export function documentUrl(text: string): URL {
  return /^(file|https?):\/\//i.test(text) && URL.canParse(text) ? new URL(text) : pathToFileURL(text);
}

/** Where sources are looked for besides their place: the folder given with `--base`, or a URL. */
export function readBase(text: string | undefined): LoadOptions {
  if (text === undefined) return {};
  const { href } = documentUrl(text);
  return { base: new URL(href.endsWith('/') ? href : `${href}/`) };
}

export interface OpenOptions extends NetworkOptions {
  /** A folder in which sources are looked for that are not where the document says. */
  readonly base?: string;
  readonly signal?: AbortSignal;
}

/**
 * @throws CommandError when the document cannot be read or is not an Arazzo document, after showing why; the signal's
 * reason, with nothing shown, when it is aborted.
 */
export async function openDocument(output: Output, text: string, options: OpenOptions = {}): Promise<ArazzoDocument> {
  const { base, signal } = options;
  const url = documentUrl(text);
  const loaded = await loadDocument(url, await createDocumentReader(options), {
    ...readBase(base),
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  if (loaded.kind === 'loaded') return loaded.document;
  throw refuse(output, loaded.diagnostics, `${showUrl(url.href)} cannot be used`);
}

/** Shows the diagnostics and returns the refusal to throw. */
export function refuse(output: Output, diagnostics: readonly Diagnostic[], summary: string): CommandError {
  showDiagnostics(output, diagnostics);
  return new CommandError(
    diagnostics.some(isUnreadable) ? exitCode.environment : exitCode.badInput,
    `${summary}: ${countDiagnostics(diagnostics)}. Nothing was sent.`,
  );
}

/** The document itself cannot be read. A source that cannot is the document's fault: its diagnostic points into it. */
export function isUnreadable({ code, pointer }: Diagnostic): boolean {
  return code === 'file-unreadable' && pointer === '';
}
