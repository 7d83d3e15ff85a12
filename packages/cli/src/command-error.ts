import type { ExitCode } from './exit-code.ts';

/** A refusal that a command ends with: one clear line, and the exit code that goes with it. Never shown with a stack. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}
