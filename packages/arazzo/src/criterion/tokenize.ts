import { quote } from '../document/json.ts';

export type ComparisonOperator = '==' | '!=' | '<=' | '>=' | '<' | '>';

/** A token of a simple condition with the place it is written at. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly doubleQuoted?: true }
  | { readonly kind: 'operand'; readonly text: string }
  | { readonly kind: 'comparison'; readonly operator: ComparisonOperator }
  | { readonly kind: 'symbol'; readonly symbol: '&&' | '||' | '!' | '(' | ')' }
);

type Plain<T> = T extends unknown ? Omit<T, 'start' | 'end'> : never;

/** What is wrong with a condition, in one sentence. */
export class ConditionError extends Error {}

const patterns: readonly (readonly [RegExp, (text: string) => Plain<Token>])[] = [
  [/'(?:[^']|'')*'/y, (text) => ({ kind: 'literal', value: text.slice(1, -1).replaceAll("''", "'") })],
  [/"(?:[^"\\]|\\.)*"/y, (text) => ({ kind: 'literal', value: unquote(text), doubleQuoted: true })],
  [/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])/y, (text) => ({ kind: 'literal', value: Number(text) })],
  [/(?:true|false|null)(?!\w)/y, (text) => ({ kind: 'literal', value: JSON.parse(text) })],
  [/\{\$[^{}]*\}/y, (text) => ({ kind: 'operand', text: text.slice(1, -1).trim() })],
  // An expression ends at white space, a parenthesis or an operator; brackets belong to it.
  [/\$(?:\[[^\]]*\]|(?!==|!=|&&|\|\|)[^\s()<>,[\]])*/y, (text) => ({ kind: 'operand', text })],
  [/==|!=|<=|>=|<|>/y, (text) => ({ kind: 'comparison', operator: text as ComparisonOperator })],
  [/&&|\|\||!|\(|\)/y, (text) => ({ kind: 'symbol', symbol: text as '&&' })],
];

/** Splits a simple condition (Arazzo 1.0.1 §Literals, §Operators). Throws `ConditionError`. */
export function tokenize(condition: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < condition.length) {
    if (/\s/.test(condition.charAt(offset))) {
      offset += 1;
      continue;
    }
    const token = readToken(condition, offset);
    if (token === undefined) {
      const rest = condition.slice(offset);
      throw new ConditionError(
        `The condition ${quote(condition)} cannot be read at ${quote(rest)}; an expression, a literal or an operator was expected${equalsHint(rest)}.`,
      );
    }
    tokens.push(token);
    offset = token.end;
  }
  return tokens;
}

function readToken(condition: string, start: number): Token | undefined {
  for (const [pattern, build] of patterns) {
    pattern.lastIndex = start;
    const text = pattern.exec(condition)?.[0];
    if (text !== undefined) return { start, end: start + text.length, ...build(text) };
  }
  return undefined;
}

/** The rest of a sentence about text that has the "=" of other languages. */
export function equalsHint(text: string): string {
  return /(?:^|[^=!<>])=(?!=)/.test(text) ? '; "=" is no operator, "==" compares' : '';
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}
