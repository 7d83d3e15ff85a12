import { readFile } from 'node:fs/promises';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** @throws CommandError when the file of a flag cannot be read. */
export async function readPemFile(flag: string, path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    const message = `The file of ${flag} "${path}" cannot be read: ${whyUnreadable(cause)}.`;
    throw new CommandError(exitCode.environment, message, { cause });
  });
}
