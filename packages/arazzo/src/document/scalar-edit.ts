import type { TextEdit } from '../diagnostic.ts';
import type { Parsed } from './parse-tree.ts';
import { childPointer, parsePointer } from './pointer.ts';
import { positionAt, type SourceText } from './source-text.ts';
import { locate, type Range } from './tree.ts';

/** A text, and what stands where in it. */
interface WrittenTree extends Pick<Parsed, 'tree'> {
  readonly source: SourceText;
}

/**
 * The edit that gives the text at a pointer another value and leaves everything around it as it is: in its own quotes, or
 * in single ones where a plain value could be misread. `undefined` where that cannot be done surely, such as in a folded
 * block.
 */
export function editScalar(file: WrittenTree, pointer: string, value: string): TextEdit | undefined {
  const { node, exact } = locate(file.tree(), pointer);
  if (!exact || node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const { source } = file;
  const written = source.text.slice(node.start, node.end);
  const edit = (range: Range, text: string): TextEdit => ({
    start: positionAt(source, range.start),
    end: positionAt(source, range.end),
    text,
  });
  const around = `${source.text.charAt(node.start - 1)}${source.text.charAt(node.end)}`;
  if (around === '""' && written === JSON.stringify(node.value).slice(1, -1)) {
    return edit(node, JSON.stringify(value).slice(1, -1));
  }
  if (value.includes('\n') || node.value.includes('\n')) return editLine(file, node, node.value, value);
  if (around === "''") {
    return written === quoteSingly(node.value) ? edit(node, quoteSingly(value)) : undefined;
  }
  if (written !== node.value) return undefined;
  return edit(node, isPlain(value, isInFlow(file, pointer)) ? value : `'${quoteSingly(value)}'`);
}

/** Changes one line of a literal block. */
function editLine(file: WrittenTree, block: Range, before: string, after: string): TextEdit | undefined {
  const old = before.split('\n');
  const lines = after.split('\n');
  const changed = old.flatMap((line, index) => (line === lines[index] ? [] : index));
  const [index] = changed;
  if (old.length !== lines.length || index === undefined || changed.length > 1) return undefined;
  const line = old[index] ?? '';
  const written = file.source.text.slice(block.start, block.end);
  const at = written.indexOf(line);
  if (at === -1 || written.indexOf(line, at + 1) !== -1) return undefined;
  const start = block.start + at;
  return {
    start: positionAt(file.source, start),
    end: positionAt(file.source, start + line.length),
    text: lines[index] ?? '',
  };
}

function quoteSingly(text: string): string {
  return text.replaceAll("'", "''");
}

/** Whether a plain scalar of YAML 1.2 §7.3.3 surely means this text, and no number, boolean or null. */
function isPlain(text: string, inFlow: boolean): boolean {
  if (!/^[A-Za-z$./(]/.test(text) || /: |:$| #|\s$/.test(text)) return false;
  if (/^(?:true|false|null)$/i.test(text) || /^\./.test(text)) return false;
  return !inFlow || !/[,[\]{}]/.test(text);
}

/** Whether the place is inside `{…}` or `[…]`, where fewer characters may stand plain. */
function isInFlow(file: WrittenTree, pointer: string): boolean {
  let above = '';
  const nodes = [
    file.tree(),
    ...(parsePointer(pointer) ?? []).map((token) => {
      above = childPointer(above, token);
      return locate(file.tree(), above).node;
    }),
  ];
  return nodes.some((node) => node.kind !== 'scalar' && /[{[]/.test(file.source.text.charAt(node.start)));
}
