import { check as checkDocument, type Diagnostic, loadDocument } from '@gatewright/arazzo';
import { documentUrl, isUnreadable, readBase } from '../compose/document.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { countDiagnostics, showDiagnostics, showUrl } from '../output/diagnostics.ts';
import type { Output } from '../output/output.ts';

export interface CheckOptions {
  /** Refuse idioms that the specification does not allow. */
  readonly strict: boolean;
  /** A folder in which sources are looked for that are not where the document says. */
  readonly base?: string;
}

/** `gatewright check`: everything that can be known of the documents without sending a request. */
export async function check(output: Output, documents: readonly string[], options: CheckOptions): Promise<ExitCode> {
  let worst: ExitCode = exitCode.done;
  for (const document of documents) {
    const url = documentUrl(document);
    const diagnostics = await diagnose(url, options);
    showDiagnostics(output, diagnostics);
    output.record({ kind: 'checked', document: url.href, ...tally(diagnostics) });
    output.line(`${showUrl(url.href)}: ${diagnostics.length === 0 ? 'no problems' : countDiagnostics(diagnostics)}`);
    if (diagnostics.some(isUnreadable)) worst = exitCode.environment;
    else if (worst === exitCode.done && tally(diagnostics).errors > 0) worst = exitCode.failed;
  }
  return worst;
}

async function diagnose(url: URL, options: CheckOptions): Promise<readonly Diagnostic[]> {
  const loaded = await loadDocument(url, undefined, readBase(options.base));
  return loaded.kind === 'refused' ? loaded.diagnostics : checkDocument(loaded.document, options);
}

function tally(diagnostics: readonly Diagnostic[]): { readonly errors: number; readonly warnings: number } {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: diagnostics.length - errors };
}
