import { quote } from '../../document/json.ts';
import { childPointer, resolvePointer } from '../../document/pointer.ts';
import type { UnmetPattern } from './sample-schema.ts';

/** What was made up for an answer. Paths into it begin with `header` and a name, or with `body`. */
export interface MadeUp {
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Says of each text that does not match its pattern what was expected, unless another value took its place since. */
export function describeShortcomings(unmet: readonly UnmetPattern[], answer: MadeUp): readonly string[] {
  return unmet
    .filter(({ path, text }) => resolvePointer(answer, path) === text)
    .map(({ pattern, path, text, reason }) => {
      const expected = `text that matches ${quote(pattern)} was expected, and not found: ${reason}`;
      return `${nameOf(path)} is ${quote(text)}; ${expected}`;
    });
}

/** As expressions name it. */
function nameOf([part, ...path]: readonly string[]): string {
  if (part === 'header') return `$response.header.${path[0]}`;
  return `$response.body${path.length > 0 ? '#' : ''}${path.reduce(childPointer, '')}`;
}
