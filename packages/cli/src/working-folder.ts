import { CommandError } from './command-error.ts';
import { exitCode } from './exit-code.ts';

/** @throws CommandError when the working directory was deleted: every path would be relative to nothing. */
export function requireWorkingFolder(): void {
  try {
    process.cwd();
  } catch (cause) {
    const message = 'The working directory no longer exists: change to one that does.';
    throw new CommandError(exitCode.environment, message, { cause });
  }
}
