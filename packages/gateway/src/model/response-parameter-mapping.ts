import { isToken } from './header.ts';
import { type JsonPath, parseJsonPath, readJsonPath } from './json-path.ts';
import { type RequestContext, readContextVariable } from './request-context.ts';
import { renderSelectedValue } from './selection-expression.ts';

/**
 * One entry of an integration response's `responseParameters`: a header of the answer and where its value comes from. Only
 * the answer to a handshake has headers.
 *
 * See the API reference, CreateIntegrationResponse, "responseParameters".
 */
export interface ResponseParameterMapping {
  /** In lower case. */
  readonly header: string;
  readonly source: ResponseParameterSource;
}

type ResponseParameterSource =
  | { readonly kind: 'literal'; readonly text: string }
  /** The `multivalue` form takes every value, the other the last one; the name is in lower case. */
  | { readonly kind: 'header'; readonly name: string; readonly multivalue: boolean }
  | { readonly kind: 'body'; readonly path: JsonPath }
  | { readonly kind: 'stage-variable'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string };

export type ParsedResponseParameterMapping =
  | { readonly kind: 'mapping'; readonly mapping: ResponseParameterMapping }
  | { readonly kind: 'invalid'; readonly message: string };

/** What a mapping is evaluated against. */
export interface ResponseParameterScope {
  readonly context: RequestContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** Values of a header of the back end's answer, by its name in lower case. */
  header(name: string): readonly string[];
  /** The back end's answer, parsed; `undefined` when it is not JSON. */
  body(): unknown;
}

const keyPattern = /^(?:method|route)\.response\.header\.(.+)$/;
const literalPattern = /^'(.*)'$/s;
const headerPattern = /^integration\.response\.(multivalue)?header\.(\S+)$/;
const bodyPrefix = 'integration.response.body';
const scalarPattern = /^(stageVariables|context)\.(\S+)$/;

/** Parses an entry once; evaluation does not look at its texts again. */
export function parseResponseParameterMapping(key: string, value: string): ParsedResponseParameterMapping {
  const header = keyPattern.exec(key)?.[1]?.toLowerCase();
  if (!header || !isToken(header))
    return invalid(key, '"method.response.header." and the name of a header is expected as the key');
  const source = parseSource(value);
  return typeof source === 'string' ? invalid(key, source) : { kind: 'mapping', mapping: { header, source } };
}

/** The values of a mapped header: none when its source has none, several only from a `multivalue` source. */
export function evaluateResponseParameter(
  { source }: ResponseParameterMapping,
  scope: ResponseParameterScope,
): readonly string[] {
  switch (source.kind) {
    case 'literal':
      return [source.text];
    case 'header':
      return source.multivalue ? scope.header(source.name) : scope.header(source.name).slice(-1);
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

/** The source, or the reason why the text is none. */
function parseSource(text: string): ResponseParameterSource | string {
  const literal = literalPattern.exec(text)?.[1];
  if (literal !== undefined) return { kind: 'literal', text: literal };
  const [, multivalue, name] = headerPattern.exec(text) ?? [];
  if (name) return { kind: 'header', name: name.toLowerCase(), multivalue: multivalue !== undefined };
  if (text.startsWith(bodyPrefix)) {
    const parsed = parseJsonPath(text.slice(bodyPrefix.length));
    return parsed.kind === 'path' ? { kind: 'body', path: parsed.path } : parsed.message.slice(0, -1);
  }
  const [, scalar, scalarName] = scalarPattern.exec(text) ?? [];
  if (scalarName) return { kind: scalar === 'context' ? 'context' : 'stage-variable', name: scalarName };
  return `"${text}" is no source; an "integration.response." parameter, "stageVariables.", "context." or a text in single quotes is expected`;
}

function present(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function invalid(key: string, reason: string): ParsedResponseParameterMapping {
  return { kind: 'invalid', message: `The response parameter "${key}" is not valid: ${reason}.` };
}
