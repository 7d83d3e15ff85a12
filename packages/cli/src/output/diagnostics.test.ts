import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { countDiagnostics, formatDiagnostic, showUrl } from './diagnostics.ts';
import { recordOutput } from './output.contract.ts';

const diagnostic: Diagnostic = {
  code: 'unknown-operation',
  severity: 'error',
  message: 'No source defines the operation "createApis".',
  url: pathToFileURL('api.arazzo.yaml').href,
  pointer: '/workflows/0/steps/0/operationId',
  start: { line: 12, column: 18 },
  end: { line: 12, column: 28 },
  sourceLine: '    operationId: createApis',
};

describe('formatDiagnostic', () => {
  it('shows file, line, column, severity, code, message and the text', () => {
    expect(formatDiagnostic(recordOutput(), diagnostic)).toEqual([
      'api.arazzo.yaml:12:18 error unknown-operation',
      '  No source defines the operation "createApis".',
      '    12 |     operationId: createApis',
      '       |                  ^^^^^^^^^^',
    ]);
  });

  it('does without a position where there is none', () => {
    const { start: _start, end: _end, sourceLine: _sourceLine, ...placeless } = diagnostic;
    expect(formatDiagnostic(recordOutput(), placeless)).toHaveLength(2);
  });

  it('does without the text where the line is very long', () => {
    expect(formatDiagnostic(recordOutput(), { ...diagnostic, sourceLine: 'x'.repeat(100_000) })).toHaveLength(2);
  });
});

it.each([
  [[], '0 errors, 0 warnings'],
  [[diagnostic], '1 error, 0 warnings'],
  [[diagnostic, diagnostic, { ...diagnostic, severity: 'warning' as const }], '2 errors, 1 warning'],
])('counts errors and warnings', (diagnostics, expected) => {
  expect(countDiagnostics(diagnostics)).toBe(expected);
});

it('shows files below the working directory by their relative path, others whole, and other URLs as they are', () => {
  expect(showUrl(pathToFileURL('folder/api.yaml').href)).toBe('folder/api.yaml');
  expect(showUrl('file:///elsewhere/api.yaml')).toBe('/elsewhere/api.yaml');
  for (const url of ['https://example.com/api.yaml', 'file://elsewhere/api.yaml', 'file:///a%2Fb.yaml']) {
    expect(showUrl(url)).toBe(url);
  }
});
