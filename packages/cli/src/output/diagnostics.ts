import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '@gatewright/arazzo';
import type { Output } from './output.ts';

/** Shows each diagnostic as `file:line:column severity code`, its sentence, and the offending line with a marker under it. */
export function showDiagnostics(output: Output, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    output.record({ kind: 'diagnostic', diagnostic });
    if (!output.json) for (const line of formatDiagnostic(output, diagnostic)) output.problem(line);
  }
}

/** Shows what was corrected, with the place where it was. */
export function showFixed(output: Output, fixed: readonly Diagnostic[]): void {
  for (const diagnostic of fixed) {
    output.record({ kind: 'fixed', diagnostic });
    const { url, start, code, fix } = diagnostic;
    output.line(`${showUrl(url)}:${start?.line}:${start?.column} fixed ${code}: ${fix?.text}`);
  }
}

export function formatDiagnostic(output: Pick<Output, 'style'>, diagnostic: Diagnostic): readonly string[] {
  const { severity, code, message, start } = diagnostic;
  const place = start ? `${showUrl(diagnostic.url)}:${start.line}:${start.column}` : showUrl(diagnostic.url);
  const heading = `${place} ${output.style(severity === 'error' ? 'red' : 'yellow', severity)} ${code}`;
  return [heading, `  ${message}`, ...formatFrame(diagnostic)];
}

/** `2 errors, 1 warning`. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return `${plural(errors, 'error')}, ${plural(diagnostics.length - errors, 'warning')}`;
}

/**
 * A file's path relative to the working directory, or any other URL as it is, also one of a file that this machine cannot
 * have; nothing for input given on the command line.
 */
export function showUrl(url: string): string {
  if (!url.startsWith('file:')) return url;
  let path: string;
  try {
    path = fileURLToPath(url);
  } catch {
    return url;
  }
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}

const longestLine = 200;

function formatFrame({ start, end, sourceLine }: Diagnostic): readonly string[] {
  if (!start || sourceLine === undefined || sourceLine.length > longestLine) return [];
  const width = end && end.line === start.line ? Math.max(1, end.column - start.column) : 1;
  const gutter = `${start.line}`.padStart(6);
  return [
    `${gutter} | ${sourceLine}`,
    `${' '.repeat(6)} | ${' '.repeat(start.column - 1)}${'^'.repeat(Math.min(width, longestLine))}`,
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
