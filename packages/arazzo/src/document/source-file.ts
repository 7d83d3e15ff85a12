import type { Diagnostic, DiagnosticCode, Severity } from '../diagnostic.ts';
import { cite } from './cite.ts';
import { memberOf } from './json.ts';
import { type Parsed, parseTree } from './parse-tree.ts';
import { editScalar } from './scalar-edit.ts';
import { createSourceText, lineAt, positionAt, type SourceText } from './source-text.ts';
import { locate, type Range } from './tree.ts';

/** A parsed YAML or JSON file. */
export interface SourceFile extends Parsed {
  readonly url: string;
  readonly source: SourceText;
}

export type SourceFileResult =
  | { readonly kind: 'parsed'; readonly file: SourceFile }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** Larger files are refused before they are parsed. */
export const MAX_FILE_BYTES: number = 32 * 1024 * 1024;

/** Parses the bytes of a file: UTF-8, YAML 1.2 or JSON, at most 32 MiB. */
export async function parseSourceFile(url: string, bytes: Uint8Array): Promise<SourceFileResult> {
  if (bytes.byteLength > MAX_FILE_BYTES) {
    const message = `The file "${url}" is ${bytes.byteLength} bytes long; at most ${MAX_FILE_BYTES} are read.`;
    return { kind: 'refused', diagnostics: [fileDiagnostic('file-too-large', message, url)] };
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { kind: 'refused', diagnostics: [fileDiagnostic('not-yaml', `The file "${url}" is not UTF-8 text.`, url)] };
  }
  const source = createSourceText(url, text);
  const result = await parseTree(text);
  if (result.kind === 'parsed')
    return { kind: 'parsed', file: { url, source, value: result.value, tree: result.tree } };
  const diagnostics = result.problems.map(
    (problem): Diagnostic => ({
      code: problem.code,
      severity: 'error',
      message: problem.message,
      url,
      pointer: '',
      ...placeOf(source, problem),
    }),
  );
  return { kind: 'refused', diagnostics };
}

/** A finding about a file as a whole. */
export function fileDiagnostic(code: DiagnosticCode, message: string, url: string): Diagnostic {
  return { code, severity: 'error', message, url, pointer: '' };
}

/** A finding about the value at `pointer`, or about its key. */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One or more sentences. */
  readonly message: string;
  /** The section of Arazzo 1.1.0 that asks for it; the message is given its name in the version of the document. */
  readonly section?: string;
  readonly pointer: string;
  readonly about?: 'key' | 'value';
  /** The text that the value surely should be. */
  readonly correction?: string;
}

/** Adds the place in the file to a finding, and the section to its message. */
export function locateFinding(file: SourceFile, finding: Finding): Diagnostic {
  const { about, correction, section, ...rest } = finding;
  const location = locate(file.tree(), finding.pointer);
  // Of a whole object or list the key is shown, or its beginning, not everything in it.
  const whole = location.node.kind !== 'scalar' || finding.about === 'key' || !location.exact;
  const range = whole && location.keyRange ? location.keyRange : location.node;
  const start = skipIndent(file.source, range);
  const end = range === location.node && whole ? start : range.end;
  const fix = correction === undefined ? undefined : editScalar(file, finding.pointer, correction);
  const message =
    section === undefined ? rest.message : addSection(rest.message, cite(memberOf(file.value, 'arazzo'), section));
  return { ...rest, message, url: file.url, ...placeOf(file.source, { start, end }), ...(fix && { fix }) };
}

/** A literal or folded block begins with its first line, and its text only behind the indent of that. */
function skipIndent({ text }: SourceText, { start, end }: Range): number {
  if (start === 0 || text[start - 1] !== '\n') return start;
  const indent = /^\s*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return start + indent < end ? start + indent : start;
}

function addSection(message: string, section: string): string {
  return `${message.replace(/\.$/, '')} (${section}).`;
}

function placeOf(source: SourceText, range: Range): Required<Pick<Diagnostic, 'start' | 'end' | 'sourceLine'>> {
  const start = positionAt(source, range.start);
  return { start, end: positionAt(source, range.end), sourceLine: lineAt(source, start.line) };
}
