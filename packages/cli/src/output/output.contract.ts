import { createOutput, type Output } from './output.ts';

/** An output that keeps what is written, for tests. */
export interface RecordedOutput extends Output {
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

export function recordOutput(
  options: { readonly json?: boolean; readonly isTTY?: boolean; readonly noColor?: boolean } = {},
): RecordedOutput {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const output = createOutput({
    json: options.json ?? false,
    noColor: options.noColor ?? false,
    stdout: { isTTY: options.isTTY ?? false, write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
  });
  return { ...output, stdout, stderr };
}
