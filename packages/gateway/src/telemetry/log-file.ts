import { open } from 'node:fs/promises';
import { createLogWriter, type LogWriter } from './log-writer.ts';

/** What clients send may be in a log, so others may not read it. */
const mode = 0o600;

/**
 * Opens a file that lines are added to; it is made where it is missing, readable by its owner alone. Who rotates it must copy
 * and truncate it, for it stays open. `onProblem` hears of lines that were lost.
 *
 * @throws Error of the file system when the file cannot be opened.
 */
export async function openLogFile(path: string, onProblem: (reason: string) => void): Promise<LogWriter> {
  const file = await open(path, 'a', mode);
  return createLogWriter({ write: (text) => file.appendFile(text), close: () => file.close() }, onProblem);
}
