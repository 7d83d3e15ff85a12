import { quote } from '../document/json.ts';
import type { Expression } from '../expression/expression.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { parsePropertyPath } from '../expression/property-path.ts';
import { type ComparisonOperator, ConditionError, type Token, tokenize } from './tokenize.ts';

/** A simple condition, parsed. `text` is the part of the condition it was read from. */
export type Condition = { readonly text: string } & (
  | { readonly kind: 'literal'; readonly value: unknown }
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

const MAX_CONDITION_LENGTH = 8192;
const MAX_CONDITION_DEPTH = 64;

/**
 * Parses a simple condition. The specification lists operators without precedence; here `!` binds tightest, then one
 * comparison, then `&&`, then `||`. Braces around the whole, as in `{$statusCode == 401}`, are accepted because the
 * specification's own example has them. Throws `ConditionError`.
 */
export function parseCondition(text: string): Condition {
  if (text.length > MAX_CONDITION_LENGTH) {
    throw new ConditionError(
      `The condition is ${text.length} characters long; at most ${MAX_CONDITION_LENGTH} are read.`,
    );
  }
  const inner = /^\s*\{(\$[^{}]*)\}\s*$/s.exec(text)?.[1];
  const parser = new ConditionParser(inner ?? text);
  return parser.parse();
}

class ConditionParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
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
    if (token?.kind === 'literal') return { kind: 'literal', value: token.value, text: this.#textFrom(start) };
    if (token?.kind === 'operand') return this.#operand(token.text);
    return this.#fail(token ? `${quote(this.#text.slice(token.start))} was not expected there` : 'it ends too early');
  }

  /** `[]` and `.` after a JSON Pointer are operators, so the pointer ends at the first bracket. */
  #operand(text: string): Condition {
    const bracket = text.includes('#') ? text.indexOf('[', text.indexOf('#')) : -1;
    const path = bracket === -1 ? undefined : parsePropertyPath(text.slice(bracket));
    const head = path === undefined ? text : text.slice(0, bracket);
    const expression = parseExpression(head, { propertyPaths: true });
    if (expression === undefined) this.#fail(`${quote(text)} is no runtime expression`);
    return { kind: 'operand', expression, path: path ?? [], text };
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

  #fail(reason: string): never {
    throw new ConditionError(`The condition ${quote(this.#text)} cannot be read: ${reason}.`);
  }
}
