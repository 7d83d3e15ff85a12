import { describe, expect, it } from 'vitest';
import { parseTree } from './parse-tree.ts';
import { createSourceText, lineAt, positionAt } from './source-text.ts';
import { locate } from './tree.ts';

async function valueIn(text: string): Promise<unknown> {
  const result = await parseTree(text);
  return result.kind === 'parsed' ? result.value : result.problems;
}

describe('parseTree', () => {
  it.each([
    ['a: 1\nb: [x, "y", null]\n', { a: 1, b: ['x', 'y', null] }],
    ['{\n\t"a": {"b": [true]}\n}', { a: { b: [true] } }],
    ['a: |\n  two\n  lines\n', { a: 'two\nlines\n' }],
    ['200: ok\n', { 200: 'ok' }],
    ['a:\nb: ""\n', { a: null, b: '' }],
    ['base: &b {x: 1}\nuse: *b\n', { base: { x: 1 }, use: { x: 1 } }],
    ['\uFEFFa: 1', { a: 1 }],
  ])('reads %j', async (text, value) => {
    expect(await valueIn(text)).toEqual(value);
  });

  it('keeps a key named __proto__ as data', async () => {
    const value = await valueIn('{"__proto__": {"polluted": true}}');
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    ['', 'not-yaml', 0],
    ['a: [1', 'not-yaml', 5],
    ['a: 1\n---\nb: 2\n', 'not-yaml', 4],
    ['a: 1\nb: 2\na: 3\n', 'duplicate-key', 10],
    ['? [x]\n: 1\n', 'not-yaml', 0],
    ['a: *none\n', 'alias-refused', 4],
    ['a: &x [*x]\n', 'alias-refused', 8],
    ['a: !!binary aGk=\n', 'not-yaml', 12],
  ])('refuses %j as %s at %d', async (text, code, start) => {
    const result = await parseTree(text);
    const found = result.kind === 'refused' ? result.problems.map((problem) => [problem.code, problem.start]) : result;
    expect(found).toEqual([[code, start]]);
  });

  it('refuses values nested more than 100 deep', async () => {
    expect((await parseTree(`${'['.repeat(150)}${']'.repeat(150)}`)).kind).toBe('refused');
  });

  it('refuses aliases that expand to millions of values', async () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let level = 1; level < 9; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(',')}]`,
      );
    }
    const result = await parseTree(lines.join('\n'));
    expect(result).toMatchObject({ kind: 'refused', problems: [{ code: 'alias-refused' }] });
  });

  it('refuses aliases that nest more than 100 deep', async () => {
    const lines = ['a0: &a0 [x]'];
    for (let level = 1; level < 120; level += 1) lines.push(`a${level}: &a${level} [*a${level - 1}]`);
    expect((await parseTree(lines.join('\n'))).kind).toBe('refused');
  });

  it.each([
    ['/a/b/1', 3, 5, 'c'],
    ['/a/b', 2, 3, 'b'],
    ['/d', 4, 1, 'd'],
  ])('knows where %s is written', async (pointer, line, column, text) => {
    const source = createSourceText('x', 'a:\n  b: [1,\n    c]\nd: {e: 2}\n');
    const result = await parseTree(source.text);
    if (result.kind !== 'parsed') throw new Error('refused');
    const { node, keyRange } = locate(result.tree(), pointer);
    const range = node.kind === 'scalar' ? node : (keyRange ?? node);
    expect(positionAt(source, range.start)).toEqual({ line, column });
    expect(source.text.slice(range.start, range.end)).toBe(text);
  });

  it('shows lines without their breaks', () => {
    const source = createSourceText('x', 'one\r\ntwo\n');
    expect([1, 2, 3].map((line) => lineAt(source, line))).toEqual(['one', 'two', '']);
  });
});
