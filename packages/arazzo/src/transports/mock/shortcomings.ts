import { quote } from '../../document/json.ts';
import { childPointer, resolvePointer } from '../../document/pointer.ts';
import type { UnmetPattern } from './sample-schema.ts';

/** What was made up for an answer. Paths into it begin with `header` and a name, or with `body`. */
export interface MadeUp {
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/**
 * Says of each text that does not match its pattern what was expected, unless another value took its place since, and of each
 * object that lacks a member for want of a name.
 */
export function describeShortcomings(unmet: readonly UnmetPattern[], answer: MadeUp): readonly string[] {
  return unmet
    .filter(({ path, text }) => text === undefined || resolvePointer(answer, path) === text)
    .map(({ pattern, path, text, reason }) => {
      const what = text === undefined ? 'lacks a member; a name' : `is ${quote(text)}; text`;
      return `${nameOf(path)} ${what} that matches ${quote(pattern)} was expected, and not found: ${reason}`;
    });
}

/** As expressions name it. */
function nameOf([part, ...path]: readonly string[]): string {
  if (part === 'header') return `$response.header.${path[0]}`;
  return `$response.body${path.length > 0 ? '#' : ''}${path.reduce(childPointer, '')}`;
}
