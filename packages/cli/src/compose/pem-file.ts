import { readFile } from 'node:fs/promises';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';

/** @throws CommandError when the file of a flag cannot be read. */
export async function readPemFile(flag: string, path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : (cause.code ?? cause.message);
    throw new CommandError(exitCode.environment, `The file of ${flag} "${path}" cannot be read: ${reason}.`, { cause });
  });
}
