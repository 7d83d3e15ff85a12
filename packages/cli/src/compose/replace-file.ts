import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';

/**
 * Gives a file another content at once: whoever reads it finds the old content or the new, never a part. Its mode stays,
 * and a symbolic link stays one.
 *
 * @throws CommandError when it cannot be written, or no longer holds what it is expected to; then it is as it was.
 */
export async function replaceFile(path: string, expected: Uint8Array, content: string): Promise<void> {
  const temporary = { path: '' };
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    temporary.path = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    const file = await open(temporary.path, 'wx', mode);
    try {
      await file.chmod(mode);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (Buffer.compare(await readFile(target), expected) !== 0) {
      throw new CommandError(
        exitCode.environment,
        `The file "${path}" was changed meanwhile, so it was not corrected.`,
      );
    }
    await rename(temporary.path, target);
  } catch (cause) {
    if (temporary.path !== '') await rm(temporary.path, { force: true });
    if (cause instanceof CommandError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(exitCode.environment, `The file "${path}" cannot be written: ${reason}.`, { cause });
  }
}
