import { type JsonPath, parseJsonPath, readJsonPath } from './json-path.ts';
import { type RequestContext, readContextVariable } from './request-context.ts';
import { renderSelectedValue } from './selection-expression.ts';

/** Where a mapped parameter has its value from, whichever way it is mapped. */
export type ParameterSource =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'body'; readonly path: JsonPath }
  | { readonly kind: 'stage-variable'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string };

/** What a source is evaluated against. */
export interface ParameterScope {
  readonly context: RequestContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** What `…body` stands for, parsed; `undefined` where there is none or it is not JSON. */
  body(): unknown;
}

/** How sources are written. */
export interface SourceForm {
  /** What the body's source begins with: `route.request.body`. */
  readonly body: string;
  /** What names of stage variables and context variables look like. */
  readonly name: RegExp;
  /** The parameters that may stand here besides, for messages. */
  readonly parameters: string;
}

const literalPattern = /^'(.*)'$/s;
const variablePattern = /^(stageVariables|context)\.(.+)$/s;

/** The source, or the reason why the text is none. */
export function parseParameterSource(text: string, form: SourceForm): ParameterSource | string {
  const literal = literalPattern.exec(text)?.[1];
  if (literal !== undefined) return { kind: 'literal', text: literal };
  if (text.startsWith(form.body)) {
    const parsed = parseJsonPath(text.slice(form.body.length));
    return parsed.kind === 'path' ? { kind: 'body', path: parsed.path } : parsed.message.slice(0, -1);
  }
  const [, variable, name] = variablePattern.exec(text) ?? [];
  if (name && form.name.test(name)) return { kind: variable === 'context' ? 'context' : 'stage-variable', name };
  return `"${text}" is no source; ${form.parameters}, "stageVariables.", "context." or a text in single quotes is expected`;
}

/** The value of a source in a list; an empty one when there is none. */
export function evaluateParameterSource(source: ParameterSource, scope: ParameterScope): readonly string[] {
  switch (source.kind) {
    case 'literal':
      return [source.text];
    case 'body': {
      const value = readJsonPath(scope.body(), source.path);
      return value === undefined ? [] : [renderSelectedValue(value)];
    }
    case 'stage-variable':
      return present(Object.hasOwn(scope.stageVariables, source.name) ? scope.stageVariables[source.name] : undefined);
    case 'context':
      return present(readContextVariable(scope.context, source.name));
  }
}

function present(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
