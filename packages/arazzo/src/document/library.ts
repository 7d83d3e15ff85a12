import type { Diagnostic } from '../diagnostic.ts';
import type { DocumentReader } from './readers.ts';
import { fileDiagnostic, parseSourceFile, type SourceFile } from './source-file.ts';

export type OpenResult =
  | { readonly kind: 'opened'; readonly file: SourceFile }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** The files a document reaches, each read and parsed at most once. */
export interface Library {
  /** Opens an absolute URL; its fragment is ignored. Never rejects. */
  open(url: string): Promise<OpenResult>;
}

export function createLibrary(reader: DocumentReader, signal?: AbortSignal): Library {
  const opened = new Map<string, Promise<OpenResult>>();
  return {
    open(url) {
      const address = url.replace(/#.*$/s, '');
      const known = opened.get(address) ?? openFile(reader, address, signal);
      opened.set(address, known);
      return known;
    },
  };
}

async function openFile(reader: DocumentReader, url: string, signal: AbortSignal | undefined): Promise<OpenResult> {
  let bytes: Uint8Array;
  try {
    bytes = await reader.read(new URL(url), signal);
  } catch (error) {
    return { kind: 'unreadable', message: error instanceof Error ? error.message : String(error) };
  }
  const result = await parseSourceFile(url, bytes);
  return result.kind === 'parsed' ? { kind: 'opened', file: result.file } : result;
}

/** The findings that say why a file could not be opened. */
export function openDiagnostics(url: string, result: Exclude<OpenResult, { kind: 'opened' }>): readonly Diagnostic[] {
  return result.kind === 'refused' ? result.diagnostics : [fileDiagnostic('file-unreadable', result.message, url)];
}
