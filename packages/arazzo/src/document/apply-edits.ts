import type { Diagnostic, Position } from '../diagnostic.ts';
import { createSourceText, type SourceText } from './source-text.ts';

/** Makes the fixes of diagnostics in a text, of those that overlap only the first. */
export function applyEdits(
  text: string,
  diagnostics: readonly Diagnostic[],
): { readonly text: string; readonly applied: readonly Diagnostic[] } {
  const source = createSourceText('', text);
  const edits = diagnostics
    .flatMap((diagnostic) => {
      const { fix } = diagnostic;
      return fix
        ? [{ diagnostic, start: offsetOf(source, fix.start), end: offsetOf(source, fix.end), text: fix.text }]
        : [];
    })
    .sort((left, right) => left.start - right.start);
  const parts: string[] = [];
  const applied: Diagnostic[] = [];
  let done = 0;
  for (const edit of edits) {
    if (edit.start < done) continue;
    parts.push(text.slice(done, edit.start), edit.text);
    applied.push(edit.diagnostic);
    done = edit.end;
  }
  return { text: [...parts, text.slice(done)].join(''), applied };
}

function offsetOf(source: SourceText, { line, column }: Position): number {
  return (source.lineStarts[line - 1] ?? source.text.length) + column - 1;
}
