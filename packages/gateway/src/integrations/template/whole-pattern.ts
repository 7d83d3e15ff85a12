import { regexMilliseconds } from './bounds.ts';
import { translateWholePattern } from './java-pattern.ts';
import { compilePattern, searchText } from './java-search.ts';
import { RenderingError } from './rendering.ts';

/** A regular expression of Java that is matched against whole texts, translated once. */
export interface WholePattern {
  /** @throws RenderingError when it takes too long. */
  matches(text: string): boolean;
}

export type CompiledWholePattern =
  | { readonly kind: 'pattern'; readonly pattern: WholePattern }
  | { readonly kind: 'invalid'; readonly message: string };

/** The longest text whose verdict is remembered, and how many are: statuses have three characters. */
const maxRememberedLength = 3;
const maxRemembered = 1000;

export function compileWholePattern(pattern: string): CompiledWholePattern {
  try {
    const translated = translateWholePattern(pattern);
    compilePattern(translated);
    const verdicts = new Map<string, boolean>();
    const search = (text: string): boolean => searchText(translated, text, 1, { regexMilliseconds }).length > 0;
    return {
      kind: 'pattern',
      pattern: {
        matches(text) {
          if (text.length > maxRememberedLength) return search(text);
          const verdict = verdicts.get(text) ?? search(text);
          if (verdicts.size < maxRemembered) verdicts.set(text, verdict);
          return verdict;
        },
      },
    };
  } catch (error) {
    if (!(error instanceof RenderingError)) throw error;
    return { kind: 'invalid', message: error.message };
  }
}
