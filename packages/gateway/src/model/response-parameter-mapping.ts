import { isToken } from './header.ts';
import {
  evaluateParameterSource,
  type ParameterScope,
  type ParameterSource,
  parseParameterSource,
  type SourceForm,
} from './parameter-source.ts';

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
  | ParameterSource
  /** The `multivalue` form takes every value, the other the last one; the name is in lower case. */
  | { readonly kind: 'header'; readonly name: string; readonly multivalue: boolean };

export type ParsedResponseParameterMapping =
  | { readonly kind: 'mapping'; readonly mapping: ResponseParameterMapping }
  | { readonly kind: 'invalid'; readonly message: string };

/** What a mapping is evaluated against; the body is that of the back end's answer. */
export interface ResponseParameterScope extends ParameterScope {
  /** Values of a header of the back end's answer, by its name in lower case. */
  header(name: string): readonly string[];
}

const keyPattern = /^(?:method|route)\.response\.header\.(.+)$/;
const headerPattern = /^integration\.response\.(multivalue)?header\.(\S+)$/;
const form: SourceForm = {
  body: 'integration.response.body',
  name: /^\S+$/,
  parameters: 'an "integration.response." parameter',
};

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
  if (source.kind !== 'header') return evaluateParameterSource(source, scope);
  const values = scope.header(source.name);
  return source.multivalue ? values : values.slice(-1);
}

/** The source, or the reason why the text is none. */
function parseSource(text: string): ResponseParameterSource | string {
  const [, multivalue, name] = headerPattern.exec(text) ?? [];
  if (!name) return parseParameterSource(text, form);
  return { kind: 'header', name: name.toLowerCase(), multivalue: multivalue !== undefined };
}

function invalid(key: string, reason: string): ParsedResponseParameterMapping {
  return { kind: 'invalid', message: `The response parameter "${key}" is not valid: ${reason}.` };
}
