import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';

/** The user's home folder: `$HOME`, or what the system has for the user; `undefined` where there is none, as in some containers. */
export function homeFolder(): string | undefined {
  try {
    const folder = homedir();
    return isAbsolute(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}
