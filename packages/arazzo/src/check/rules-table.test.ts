import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { lenientCodes } from './check.ts';

const sources = new URL('../', import.meta.url);
const table = await readFile(new URL('../../../docs/arazzo-rules.md', sources), 'utf8');
const rows = [...table.matchAll(/^\| `([a-z-]+)` \| ([^|]+) \|/gm)].map(([, code = '', severity = '']) => ({
  code,
  severity,
}));

const diagnostic = await readFile(new URL('diagnostic.ts', sources), 'utf8');
const union = /export type DiagnosticCode =([^;]+);/.exec(diagnostic)?.[1] ?? '';

/** Every source file below, with its text. */
async function readSources(kind: (name: string) => boolean): Promise<readonly string[]> {
  const names = await readdir(sources, { recursive: true });
  const chosen = names.filter((name) => name.endsWith('.ts') && kind(name));
  return Promise.all(chosen.map((name) => readFile(new URL(name, sources), 'utf8')));
}

describe('docs/arazzo-rules.md', () => {
  it('has one row for each code', () => {
    const codes = [...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code);
    expect(rows.map(({ code }) => code).sort()).toEqual(codes.sort());
  });

  it('tells of each code how severe it is, and which are refused with --strict', () => {
    const strict = rows.filter(({ severity }) => severity.endsWith('; error with `--strict`')).map(({ code }) => code);
    expect(strict.sort()).toEqual([...lenientCodes].sort());
    for (const { severity } of rows) {
      expect(severity).toMatch(/^(?:error|warning|error, warning)(?:; error with `--strict`)?$/);
    }
  });

  it.each(['error', 'warning'] as const)('names each code that is an %s somewhere', async (severity) => {
    const texts = await readSources((name) => !name.endsWith('.test.ts') && !name.includes('testing'));
    const pattern = new RegExp(`code: '([a-z-]+)',\\s+severity: '${severity}'`, 'g');
    const found = new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code)));
    const listed = new Set(rows.filter((row) => row.severity.includes(severity)).map(({ code }) => code));
    expect([...found].filter((code) => !listed.has(code ?? ''))).toEqual([]);
  });

  it('names only codes that a test holds', async () => {
    const tests = (await readSources((name) => name.endsWith('.test.ts'))).join('\n');
    expect(
      rows.filter(({ code }) => !new RegExp(`['" \`]${code}['" :\`]`).test(tests)).map(({ code }) => code),
    ).toEqual([]);
  });
});
