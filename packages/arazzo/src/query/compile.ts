import { queryVersions } from '../document/expression-versions.ts';
import { quote } from '../document/json.ts';
import type { ExpressionType } from '../document/model.ts';
import { compileJsonPointer } from './json-pointer.ts';
import { compileJsonPath } from './jsonpath.ts';
import type { QueryResult } from './query.ts';
import { compileXPath } from './xpath.ts';

const languages: ReadonlyMap<string, (text: string, version: string) => QueryResult> = new Map([
  ['jsonpath', compileJsonPath],
  ['xpath', compileXPath],
  ['jsonpointer', compileJsonPointer],
]);

/** Compiles a query by its language, of the version given or the language's default. */
export function compileQuery({ type, version }: ExpressionType, text: string): QueryResult {
  const versions = queryVersions.get(type);
  const compile = languages.get(type);
  const [usual] = versions ?? [];
  if (versions === undefined || compile === undefined || usual === undefined) {
    return { kind: 'invalid', message: `${quote(type)} is no query language.` };
  }
  if (version === undefined || versions.includes(version)) return compile(text, version ?? usual);
  return { kind: 'invalid', message: `${quote(version)} is no version of "${type}".` };
}
