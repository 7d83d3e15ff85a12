import { CommandError } from '../command-error.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Output } from './output.ts';

/** One line for a refusal. A fault of ours shows where it happened, since only then can it be reported. */
export function showFailure(output: Output, error: unknown): ExitCode {
  if (error instanceof CommandError) {
    output.record({ kind: 'error', exitCode: error.exitCode, message: error.message });
    output.problem(`${output.style('red', 'error')}: ${error.message}`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  output.record({ kind: 'error', exitCode: exitCode.failed, message: String(error) });
  output.problem(`This is a fault in gatewright; please report it.\n${stack}`);
  return exitCode.failed;
}
