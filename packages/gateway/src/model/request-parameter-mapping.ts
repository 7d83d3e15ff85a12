import {
  evaluateParameterSource,
  type ParameterScope,
  type ParameterSource,
  parseParameterSource,
  type SourceForm,
} from './parameter-source.ts';

/**
 * One entry of an integration's `requestParameters`: a part of the request to the back end and where its value comes from.
 *
 * See the developer guide, "Setting up data transformation for WebSocket APIs", parameter mapping.
 */
export interface RequestParameterMapping {
  readonly location: 'header' | 'querystring' | 'path';
  readonly name: string;
  readonly source: RequestParameterSource;
}

type RequestParameterSource =
  | ParameterSource
  /** The `multivalue` forms take every value, the others the last one. */
  | { readonly kind: 'querystring' | 'header'; readonly name: string; readonly multivalue: boolean };

export type ParsedRequestParameterMapping =
  | { readonly kind: 'mapping'; readonly mapping: RequestParameterMapping }
  | { readonly kind: 'invalid'; readonly message: string };

/** What a mapping is evaluated against; the body is the client's message. */
export interface RequestParameterScope extends ParameterScope {
  /** Values of the client's handshake; empty on every event but `$connect`. */
  queryParameter(name: string): readonly string[];
  header(name: string): readonly string[];
}

const keyPattern = /^integration\.request\.(header|querystring|path)\.([a-zA-Z0-9._$-]+)$/;
const handshakePattern = /^route\.request\.(multivalue)?(querystring|header)\.([a-zA-Z0-9._$-]+)$/;
const form: SourceForm = {
  body: 'route.request.body',
  name: /^[a-zA-Z0-9._$-]+$/,
  parameters: 'a "route.request." parameter',
};

/** Parses an entry once; evaluation does not look at its texts again. */
export function parseRequestParameterMapping(key: string, value: string): ParsedRequestParameterMapping {
  const [, location, name] = keyPattern.exec(key) ?? [];
  if (!location || !name) {
    return invalid(
      key,
      '"integration.request." with "header", "querystring" or "path" and a name is expected as the key',
    );
  }
  const source = parseSource(value);
  if (typeof source === 'string') return invalid(key, source);
  return { kind: 'mapping', mapping: { location: location as RequestParameterMapping['location'], name, source } };
}

/** The values of a mapped parameter: none when its source has none, several only from a `multivalue` source. */
export function evaluateRequestParameter(
  { source }: RequestParameterMapping,
  scope: RequestParameterScope,
): readonly string[] {
  switch (source.kind) {
    case 'querystring':
      return lastUnless(source.multivalue, scope.queryParameter(source.name));
    case 'header':
      return lastUnless(source.multivalue, scope.header(source.name));
    default:
      return evaluateParameterSource(source, scope);
  }
}

/** The source, or the reason why the text is none. */
function parseSource(text: string): RequestParameterSource | string {
  const [, multivalue, kind, name] = handshakePattern.exec(text) ?? [];
  if (!kind || !name) return parseParameterSource(text, form);
  return { kind: kind as 'querystring' | 'header', name, multivalue: multivalue !== undefined };
}

function lastUnless(multivalue: boolean, values: readonly string[]): readonly string[] {
  return multivalue ? values : values.slice(-1);
}

function invalid(key: string, reason: string): ParsedRequestParameterMapping {
  return { kind: 'invalid', message: `The request parameter "${key}" is not valid: ${reason}.` };
}
