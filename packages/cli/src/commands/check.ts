import { fileURLToPath } from 'node:url';
import {
  check as checkDocument,
  type Diagnostic,
  type DocumentReader,
  fileReader,
  fixDocument,
  loadDocument,
} from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { documentUrl, isUnreadable, readBase } from '../compose/document.ts';
import { createDocumentReader } from '../compose/document-reader.ts';
import type { NetworkOptions } from '../compose/network.ts';
import { replaceFile } from '../compose/replace-file.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { countDiagnostics, showDiagnostics, showFixed, showUrl } from '../output/diagnostics.ts';
import type { Output } from '../output/output.ts';

export interface CheckOptions extends NetworkOptions {
  /** Refuse idioms that the specification does not allow. */
  readonly strict: boolean;
  /** A folder in which sources are looked for that are not where the document says. */
  readonly base?: string;
  /** Correct what is certain in the documents themselves. */
  readonly fix: boolean;
}

/** `gatewright check`: everything that can be known of the documents without sending a request. */
export async function check(output: Output, documents: readonly string[], options: CheckOptions): Promise<ExitCode> {
  let worst: ExitCode = exitCode.done;
  const reader = await createDocumentReader(options);
  for (const document of documents) {
    const url = documentUrl(document);
    const diagnostics = options.fix
      ? await correct(output, url, reader, options)
      : await diagnose(url, reader, options);
    showDiagnostics(output, diagnostics);
    output.record({ kind: 'checked', document: url.href, ...tally(diagnostics) });
    output.line(`${showUrl(url.href)}: ${diagnostics.length === 0 ? 'no problems' : countDiagnostics(diagnostics)}`);
    if (diagnostics.some(isUnreadable)) worst = exitCode.environment;
    else if (worst === exitCode.done && tally(diagnostics).errors > 0) worst = exitCode.failed;
    hintAtFix(output, diagnostics);
  }
  return worst;
}

function hintAtFix(output: Output, diagnostics: readonly Diagnostic[]): void {
  const count = diagnostics.filter(({ fix }) => fix !== undefined).length;
  if (count > 0) output.line(`${count} of them can be corrected with --fix.`);
}

async function diagnose(url: URL, reader: DocumentReader, options: CheckOptions): Promise<readonly Diagnostic[]> {
  const loaded = await loadDocument(url, reader, readBase(options.base));
  return loaded.kind === 'refused' ? loaded.diagnostics : checkDocument(loaded.document, { strict: options.strict });
}

/**
 * Corrects a document and returns what is left. A document that cannot be read is reported as by any check.
 *
 * @throws CommandError when the document is no file, cannot be written or was changed meanwhile.
 */
async function correct(
  output: Output,
  url: URL,
  reader: DocumentReader,
  options: CheckOptions,
): Promise<readonly Diagnostic[]> {
  if (url.protocol !== 'file:') {
    throw new CommandError(exitCode.badInput, `"${url.href}" is no file, and only files are corrected.`);
  }
  const bytes = await fileReader.read(url).catch(() => undefined);
  if (bytes === undefined) return diagnose(url, reader, options);
  const { strict } = options;
  const { text, fixed, diagnostics } = await fixDocument(url, bytes, reader, { ...readBase(options.base), strict });
  if (fixed.length > 0) await replaceFile(fileURLToPath(url), bytes, text);
  showFixed(output, fixed);
  return diagnostics;
}

function tally(diagnostics: readonly Diagnostic[]): { readonly errors: number; readonly warnings: number } {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: diagnostics.length - errors };
}
