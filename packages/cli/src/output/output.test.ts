import { describe, expect, it } from 'vitest';
import { recordOutput } from './output.contract.ts';

describe('an output for people', () => {
  it('prints lines to standard output and problems to standard error, and no records', () => {
    const output = recordOutput();
    output.line('hello');
    output.line();
    output.problem('oops');
    output.record({ kind: 'ready' });
    expect(output.stdout).toEqual(['hello\n', '\n']);
    expect(output.stderr).toEqual(['oops\n']);
  });

  it('shows control characters instead of obeying them', () => {
    const output = recordOutput({ isTTY: true });
    output.line(`${output.style('dim', 'closed')} 1000 \u001b]0;title\u0007\u001b[2J\r\u009b5n`);
    output.problem('a\tb\nc\u0008');
    expect(output.stdout).toEqual([
      '\u001b[2mclosed\u001b[22m 1000 \\u001b]0;title\\u0007\\u001b[2J\\u000d\\u009b5n\n',
    ]);
    expect(output.stderr).toEqual(['a\tb\nc\\u0008\n']);
  });

  it.each([
    [{ isTTY: true }, '\u001b[31mred\u001b[39m'],
    [{ isTTY: true, noColor: true }, 'red'],
    [{ isTTY: false }, 'red'],
  ])('colours a terminal alone, unless NO_COLOR is set: %o', (options, expected) => {
    expect(recordOutput(options).style('red', 'red')).toBe(expected);
  });
});

it('prints records alone to standard output in JSON mode', () => {
  const output = recordOutput({ json: true });
  output.line('hello');
  output.problem('oops');
  output.record({ kind: 'ready' });
  expect(output.stdout).toEqual(['{"kind":"ready"}\n']);
  expect(output.stderr).toEqual(['oops\n']);
});
