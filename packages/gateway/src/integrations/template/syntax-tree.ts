/** What a template is made of. See the Velocity 1.7 user guide and its grammar, `Parser.jjt`. */
export type TemplateNode = TemplateContent & {
  /** Offset into the template; absent within strings, whose own offsets would say nothing. */
  readonly position?: number;
};

type TemplateContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly reference: Reference; readonly escape: ReferenceEscape }
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: TemplateBlock }
  | { readonly kind: 'foreach'; readonly variable: string; readonly list: Expression; readonly body: TemplateBlock }
  | { readonly kind: 'define'; readonly name: string; readonly body: TemplateBlock }
  | { readonly kind: 'evaluate'; readonly source: Expression }
  | { readonly kind: 'call'; readonly call: MacroCall }
  | { readonly kind: 'break'; readonly scope: Expression | undefined }
  | { readonly kind: 'stop' };

export type TemplateBlock = readonly TemplateNode[];

export interface Branch {
  readonly condition: Expression;
  readonly body: TemplateBlock;
}

/** `$name` with what follows it. */
export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
  readonly steps: readonly ReferenceStep[];
  /** `$!name`: nothing is rendered for null. */
  readonly isQuiet: boolean;
  /** The source text, which is rendered for null. */
  readonly source: string;
}

export type ReferenceStep =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'method'; readonly name: string; readonly parameters: readonly Expression[] }
  | { readonly kind: 'index'; readonly index: Expression };

/** Backslashes before a reference: half of them are rendered, and an odd one makes the reference text. */
interface ReferenceEscape {
  readonly isEscaped: boolean;
  readonly prefix: string;
}

export type Expression =
  | Reference
  | { readonly kind: 'string'; readonly text: string; readonly source: string }
  | InterpolatedString
  | { readonly kind: 'integer'; readonly value: bigint; readonly source: string }
  | { readonly kind: 'double'; readonly value: number; readonly source: string }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly source: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly source: string }
  | {
      readonly kind: 'map';
      readonly entries: readonly (readonly [key: Expression, value: Expression])[];
      readonly source: string;
    }
  | { readonly kind: 'range'; readonly first: Expression; readonly last: Expression; readonly source: string }
  | { readonly kind: 'not'; readonly operand: Expression; readonly source: string }
  | BinaryExpression;

/** A string in double quotes that holds references or directives. */
export interface InterpolatedString {
  readonly kind: 'interpolated';
  readonly body: TemplateBlock;
  /** Whether the last rendered character is the blank that was put there to end the last token. */
  readonly endsWithBlank: boolean;
  readonly source: string;
}

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** What Velocity takes for the text of the expression where it is null. */
  readonly source: string;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%';

/** `#name(…)`: a macro when one of that name is defined anywhere in the template, its source text otherwise. */
export interface MacroCall {
  readonly name: string;
  readonly parameters: readonly Expression[];
  readonly source: string;
  /** What stands between `#@name(…)` and its `#end`; `undefined` for a call without a body. */
  readonly body: TemplateBlock | undefined;
}

export interface Macro {
  readonly parameters: readonly string[];
  readonly body: TemplateBlock;
}

export interface TemplateTree {
  readonly body: TemplateBlock;
  readonly macros: ReadonlyMap<string, Macro>;
}
