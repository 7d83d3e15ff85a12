import { quote } from '../document/json.ts';
import { type EmbeddedExpression, splitEmbedded } from '../expression/embedded.ts';
import type { Expression } from '../expression/expression.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { parsePropertyPath } from '../expression/property-path.ts';
import { suggestExpression } from '../expression/suggest-expression.ts';
import { type ComparisonOperator, ConditionError, equalsHint, type Token, tokenize } from './tokenize.ts';

/** A simple condition, parsed. `text` is the part of the condition it was read from. */
export type Condition = { readonly text: string } & (
  | { readonly kind: 'literal'; readonly value: unknown }
  /** A literal with embedded expressions. */
  | { readonly kind: 'text'; readonly parts: readonly (string | EmbeddedExpression)[] }
  | { readonly kind: 'operand'; readonly expression: Expression; readonly path: readonly string[] }
  | { readonly kind: 'not'; readonly operand: Condition }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Condition;
      readonly right: Condition;
    }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
);

/** What an operand reads: the value of an expression, then a path into it. `undefined` when the text is none. */
export type ReadOperand = (
  text: string,
) => { readonly expression: Expression; readonly path: readonly string[] } | undefined;

const MAX_CONDITION_LENGTH = 8192;
const MAX_CONDITION_DEPTH = 64;

/**
 * Parses a simple condition. The specification lists operators without precedence; here `!` binds tightest, then one
 * comparison, then `&&`, then `||`. Braces around the whole, as in `{$statusCode == 401}`, are accepted because the
 * specification's own example has them. Throws `ConditionError`.
 */
export function parseCondition(text: string, readOperand: ReadOperand = readExpression): Condition {
  if (text.length > MAX_CONDITION_LENGTH) {
    throw new ConditionError(
      `The condition is ${text.length} characters long; at most ${MAX_CONDITION_LENGTH} are read.`,
    );
  }
  const inner = /^\s*\{(\$[^{}]*)\}\s*$/s.exec(text)?.[1];
  const parser = new ConditionParser(inner ?? text, readOperand);
  return parser.parse();
}

/** `[]` and `.` after a JSON Pointer are operators, so the pointer ends at the first bracket. */
export const readExpression: ReadOperand = (text) => {
  const bracket = text.includes('#') ? text.indexOf('[', text.indexOf('#')) : -1;
  const path = bracket === -1 ? undefined : parsePropertyPath(text.slice(bracket));
  const head = path === undefined ? text : text.slice(0, bracket);
  const expression = parseExpression(head, { propertyPaths: true });
  return expression && { expression, path: path ?? [] };
};

class ConditionParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #readOperand: ReadOperand;
  #index = 0;
  #depth = 0;

  constructor(text: string, readOperand: ReadOperand) {
    this.#text = text;
    this.#readOperand = readOperand;
    this.#tokens = tokenize(text);
  }

  parse(): Condition {
    const condition = this.#or();
    const rest = this.#tokens[this.#index];
    if (rest !== undefined) this.#fail(`${quote(this.#text.slice(rest.start))} was not expected there`);
    return condition;
  }

  #or(): Condition {
    return this.#chain('||', 'or', () => this.#and());
  }

  #and(): Condition {
    return this.#chain('&&', 'and', () => this.#comparison());
  }

  #chain(symbol: '&&' | '||', kind: 'and' | 'or', next: () => Condition): Condition {
    const start = this.#index;
    let left = next();
    while (this.#accept(symbol)) left = { kind, left, right: next(), text: this.#textFrom(start) };
    return left;
  }

  #comparison(): Condition {
    const start = this.#index;
    const left = this.#unary();
    const token = this.#tokens[this.#index];
    if (token?.kind !== 'comparison') return left;
    this.#index += 1;
    const right = this.#unary();
    return { kind: 'comparison', operator: token.operator, left, right, text: this.#textFrom(start) };
  }

  #unary(): Condition {
    const start = this.#index;
    this.#depth += 1;
    if (this.#depth > MAX_CONDITION_DEPTH) this.#fail(`it is nested more than ${MAX_CONDITION_DEPTH} deep`);
    const condition = this.#accept('!') ? this.#negation(start) : this.#primary();
    this.#depth -= 1;
    return condition;
  }

  #negation(start: number): Condition {
    const operand = this.#unary();
    return { kind: 'not', operand, text: this.#textFrom(start) };
  }

  #primary(): Condition {
    const start = this.#index;
    if (this.#accept('(')) {
      const condition = this.#or();
      if (!this.#accept(')')) this.#fail('a ")" is missing');
      return { ...condition, text: this.#textFrom(start) };
    }
    const token = this.#tokens[this.#index];
    this.#index += 1;
    if (token?.kind === 'literal') return { text: this.#textFrom(start), ...readLiteral(token.value) };
    if (token?.kind === 'operand') return this.#operand(token.text);
    return this.#fail(token ? `${quote(this.#text.slice(token.start))} was not expected there` : 'it ends too early');
  }

  #operand(text: string): Condition {
    const operand = this.#readOperand(text);
    if (operand === undefined) this.#fail(`${quote(text)} is no runtime expression`, suggestExpression(text));
    return { kind: 'operand', ...operand, text };
  }

  #accept(symbol: '&&' | '||' | '!' | '(' | ')'): boolean {
    const token = this.#tokens[this.#index];
    if (token?.kind !== 'symbol' || token.symbol !== symbol) return false;
    this.#index += 1;
    return true;
  }

  #textFrom(index: number): string {
    return this.#text.slice(this.#tokens[index]?.start, this.#tokens[this.#index - 1]?.end);
  }

  #fail(reason: string, suggestion = ''): never {
    const hint = equalsHint(this.#text);
    throw new ConditionError(`The condition ${quote(this.#text)} cannot be read: ${reason}${hint}.${suggestion}`);
  }
}

/** Expressions can be embedded in a text, as in every other string (Arazzo 1.1.0 §Runtime Expressions). */
function readLiteral(value: unknown): { kind: 'literal'; value: unknown } | Pick<TextCondition, 'kind' | 'parts'> {
  const parts = typeof value === 'string' ? splitEmbedded(value, { propertyPaths: true }) : [];
  return parts.some((part) => typeof part !== 'string') ? { kind: 'text', parts } : { kind: 'literal', value };
}

type TextCondition = Extract<Condition, { kind: 'text' }>;
