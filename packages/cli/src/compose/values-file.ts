import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { findChangedNumber } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** Values, as if every alias were written out, and how deep they may be nested: more than any run is given. */
const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 100;

/**
 * Reads a YAML or JSON file that holds one object. `what` names it in messages, which never quote its content.
 *
 * @throws CommandError when it cannot be read or holds something else.
 */
export async function readValuesFile(what: string, path: string, example: string): Promise<Record<string, unknown>> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const message = `The ${what} file "${path}" cannot be read: ${whyUnreadable(cause)}.`;
    throw new CommandError(exitCode.environment, message, { cause });
  });
  if (!isUtf8(bytes)) throw new CommandError(exitCode.badInput, `The ${what} file "${path}" is not UTF-8 text.`);
  const text = bytes.toString('utf8');
  const { load } = await import('js-yaml');
  let value: unknown;
  try {
    value = load(text);
  } catch (cause) {
    const [reason] = cause instanceof Error ? cause.message.split('\n') : [String(cause)];
    const message = `The ${what} file "${path}" is neither YAML nor JSON: ${reason}.`;
    throw new CommandError(exitCode.badInput, message, { cause });
  }
  if (!isBounded(value)) {
    const message = `The ${what} file "${path}" has aliases for what they are in, or for more than ${MAX_VALUES} values in all; write them out.`;
    throw new CommandError(exitCode.badInput, message);
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

/** Whether there is an end to a value once aliases are followed: what is done with it later recurses over all of it. */
function isBounded(whole: unknown): boolean {
  let count = 0;
  const isBoundedAt = (value: unknown, depth: number): boolean => {
    count += 1;
    if (count > MAX_VALUES || depth > MAX_DEPTH) return false;
    if (typeof value !== 'object' || value === null) return true;
    return Object.values(value).every((member) => isBoundedAt(member, depth + 1));
  };
  return isBoundedAt(whole, 0);
}
