import { readFile } from 'node:fs/promises';
import { findChangedNumber } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';

/**
 * Reads a YAML or JSON file that holds one object. `what` names it in messages, which never quote its content.
 *
 * @throws CommandError when it cannot be read or holds something else.
 */
export async function readValuesFile(what: string, path: string, example: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const message = `The ${what} file "${path}" cannot be read: ${describe(cause)}.`;
    throw new CommandError(exitCode.environment, message, { cause });
  });
  const { load } = await import('js-yaml');
  let value: unknown;
  try {
    value = load(text);
  } catch (cause) {
    const [reason] = cause instanceof Error ? cause.message.split('\n') : [String(cause)];
    const message = `The ${what} file "${path}" is neither YAML nor JSON: ${reason}.`;
    throw new CommandError(exitCode.badInput, message, { cause });
  }
  const changed = findChangedNumber(value, () => text);
  if (changed !== undefined) {
    const message = `The ${what} file "${path}" holds ${changed.written}, which cannot be held exactly, as whole numbers up to 9007199254740991 can; write it in quotes.`;
    throw new CommandError(exitCode.badInput, message);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  const message = `The ${what} file "${path}" must hold one object of names and values, for example ${example}.`;
  throw new CommandError(exitCode.badInput, message);
}

function describe(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? 'there is no such file' : (error.code ?? error.message);
}
