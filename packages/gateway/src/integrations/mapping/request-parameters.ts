import { headerValues, queryValues } from '../../model/handshake-request.ts';
import { toHeaderValue } from '../../model/header.ts';
import {
  evaluateRequestParameter,
  parseRequestParameterMapping,
  type RequestParameterMapping,
  type RequestParameterScope,
} from '../../model/request-parameter-mapping.ts';
import { encodeComponent } from '../back-end/url.ts';
import type { IntegrationCall } from '../integration.ts';

export type CompiledRequestParameters =
  | { readonly kind: 'mappings'; readonly mappings: readonly RequestParameterMapping[] }
  | { readonly kind: 'invalid'; readonly message: string };

/** What the mappings give for one call. */
export interface MappedParameters {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Without a question mark, percent-encoded. */
  readonly query: string;
  readonly path: ReadonlyMap<string, string>;
}

const noParameters: MappedParameters = { headers: [], query: '', path: new Map() };

/** Compiles an integration's `requestParameters`. */
export function compileRequestParameters(
  requestParameters: Readonly<Record<string, string>> = {},
): CompiledRequestParameters {
  const mappings: RequestParameterMapping[] = [];
  for (const [key, value] of Object.entries(requestParameters)) {
    const parsed = parseRequestParameterMapping(key, value);
    if (parsed.kind === 'invalid') return parsed;
    mappings.push(parsed.mapping);
  }
  return { kind: 'mappings', mappings };
}

export function mapParameters(
  mappings: readonly RequestParameterMapping[],
  call: IntegrationCall,
  stageVariables: Readonly<Record<string, string>>,
): MappedParameters {
  if (mappings.length === 0) return noParameters;
  const scope = createScope(call, stageVariables);
  const headers: [string, string][] = [];
  const query: string[] = [];
  const path = new Map<string, string>();
  for (const mapping of mappings) {
    const { location, name } = mapping;
    for (const value of evaluateRequestParameter(mapping, scope)) {
      if (location === 'header') headers.push([name, toHeaderValue(value)]);
      else if (location === 'querystring') query.push(`${encodeComponent(name)}=${encodeComponent(value)}`);
      else path.set(name, value);
    }
  }
  return { headers, query: query.join('&'), path };
}

function createScope(call: IntegrationCall, stageVariables: Readonly<Record<string, string>>): RequestParameterScope {
  return {
    context: call.context,
    stageVariables,
    queryParameter: (name) => (call.kind === 'connect' ? queryValues(call.handshake, name) : []),
    header: (name) => (call.kind === 'connect' ? headerValues(call.handshake, name) : []),
    body: () => (call.kind === 'message' ? call.json : undefined),
  };
}
