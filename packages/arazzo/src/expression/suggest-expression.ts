import { childPointer } from '../document/pointer.ts';
import { parseExpression } from './parse-expression.ts';
import { parsePropertyPath } from './property-path.ts';

/** How expressions are often misspelt, and what was meant. */
const corrections: readonly (readonly [RegExp, string])[] = [
  [/^\$?(?:response\.)?status[-_]?code$/i, '$statusCode'],
  [/^\$?response\.status$/i, '$statusCode'],
  [/^\$?(request|response)\.headers?\.(.+)$/i, '$$$1.header.$2'],
  [/^\$?response\.body#([^/].*)$/, '$$response.body#/$1'],
  [/^\$?(input|step|workflow|output|component)s?\.(.+)$/, '$$$1s.$2'],
  [/^\$steps\.([\w-]+)\.(?!outputs?$)([\w-]+)$/, '$$steps.$1.outputs.$2'],
];

/** ` Did you mean "…"?` for text that is no expression and nearly one, in braces too; nothing for other text. */
export function suggestExpression(text: string): string {
  const inner = /^\{(.*)\}$/s.exec(text)?.[1];
  const meant = inner === undefined ? findMeant(text) : inBraces(inner);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}

/** An expression stands without braces where nothing else can. */
function inBraces(inner: string): string | undefined {
  if (isExpression(inner)) return inner;
  const meant = findMeant(inner);
  return meant && `{${meant}}`;
}

function findMeant(text: string): string | undefined {
  const inBody = asBody(text);
  if (inBody !== undefined) return inBody;
  const candidates = [text.trim(), `$${text}`].flatMap((start) => [
    start,
    ...corrections.map(([pattern, replacement]) => start.replace(pattern, replacement)),
  ]);
  return candidates.find((candidate) => candidate !== text && isExpression(candidate));
}

/** `$outputs[0].id` and `$outputs.data[0].id` read into an answer, of which `$outputs` has nothing. */
function asBody(text: string): string | undefined {
  const path = parsePropertyPath(/^\$outputs((?:\.[^.[]+)*\[.*)$/s.exec(text)?.[1] ?? '') ?? [];
  const pointer = path.reduce<string>(childPointer, '');
  return pointer === '' || pointer.includes('{') ? undefined : `$response.body#${pointer}`;
}

function isExpression(text: string): boolean {
  return parseExpression(text, { propertyPaths: true }) !== undefined;
}
