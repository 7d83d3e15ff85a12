import type { Position } from '../diagnostic.ts';

/** The text of a file with the offsets at which its lines start. */
export interface SourceText {
  readonly url: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

const SHOWN_LINE_LENGTH = 400;

export function createSourceText(url: string, text: string): SourceText {
  const lineStarts = [0];
  for (let offset = text.indexOf('\n'); offset !== -1; offset = text.indexOf('\n', offset + 1)) {
    lineStarts.push(offset + 1);
  }
  return { url, text, lineStarts };
}

/** The line and column of a zero-based offset. */
export function positionAt(source: SourceText, offset: number): Position {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (source.lineStarts[low] ?? 0) + 1 };
}

/** The text of a line (counted from 1), without its line break, cut after 400 characters. */
export function lineAt(source: SourceText, line: number): string {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const end = source.lineStarts[line] ?? source.text.length;
  return source.text.slice(start, Math.min(end, start + SHOWN_LINE_LENGTH)).replace(/\r?\n$/, '');
}
