import type { ConnectionsAddress } from '../connections-api/connections-api.ts';
import type { ApiMappings } from './custom-domains.ts';

/** What a request is for, by its host and path alone. */
export type Address =
  | { readonly kind: 'health' }
  | { readonly kind: 'metrics' }
  | { readonly kind: 'reset' }
  /** `target` starts with `/v2/`; the dialect's base path is taken off. */
  | { readonly kind: 'control-plane'; readonly dialect: 'wire-names' | 'member-names'; readonly target: string }
  | { readonly kind: 'connections'; readonly address: ConnectionsAddress; readonly connectionId: string }
  /** A WebSocket endpoint; `stage` is absent at an API's bare address. */
  | {
      readonly kind: 'endpoint';
      readonly apiId: string;
      readonly stage: string | undefined;
      /** The path goes on after the stage; one slash at the end does not count. */
      readonly hasExtraPath: boolean;
      /** A custom domain led here, not the API's own address. */
      readonly isMapped: boolean;
    }
  /** A custom domain, at a path that it maps to nothing. */
  | { readonly kind: 'unmapped' }
  | { readonly kind: 'unknown' };

const memberNamesBase = '/_gatewright/member-names';
const hostPattern = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.[a-z0-9.-]+$/;

/**
 * Classifies a request. An API is named by the host, `{apiId}.execute-api.{region}.{domain}`, or else by the first segment
 * of the path.
 */
export function classifyAddress(host: string, target: string): Address {
  const [path = ''] = target.split(/[?#]/, 1);
  const apiId = hostPattern.exec(hostName(host))?.[1];
  const segments = readSegments(path);
  // The control plane says itself, in its own shape, which segment cannot be decoded.
  if (!segments) return (apiId === undefined && classifyControlPlane(path, target)) || { kind: 'unknown' };

  const connections = classifyConnections(apiId, segments);
  if (connections) return connections;
  if (apiId !== undefined) return classifyEndpoint(apiId, segments);
  if (path === '/_gatewright/health') return { kind: 'health' };
  if (path === '/_gatewright/metrics') return { kind: 'metrics' };
  if (path === '/_gatewright/reset') return { kind: 'reset' };
  const controlPlane = classifyControlPlane(path, target);
  if (controlPlane) return controlPlane;
  const [first, ...rest] = segments;
  if (first === undefined || first === '_gatewright' || first === 'v2') return { kind: 'unknown' };
  return classifyEndpoint(first, rest);
}

function classifyControlPlane(path: string, target: string): Address | undefined {
  if (path.startsWith(`${memberNamesBase}/v2/`)) {
    return { kind: 'control-plane', dialect: 'member-names', target: target.slice(memberNamesBase.length) };
  }
  return path.startsWith('/v2/') ? { kind: 'control-plane', dialect: 'wire-names', target } : undefined;
}

/**
 * Classifies a request to a custom domain: `/{apiMappingKey}` or `/{apiMappingKey}/@connections/{connectionId}`, without a
 * stage, which the mapping names. A key may have several segments; the longest that fits is meant.
 */
export function classifyMappedAddress(mappings: ApiMappings, target: string): Address {
  const [path = ''] = target.split(/[?#]/, 1);
  const segments = readSegments(path);
  if (!segments) return { kind: 'unmapped' };
  const names = segments.filter((segment) => segment !== '');
  const connectionId = names.at(-1);
  if (names.at(-2) === '@connections' && connectionId !== undefined) {
    const mapped = mappings.get(names.slice(0, -2).join('/'));
    if (!mapped) return { kind: 'unmapped' };
    return { kind: 'connections', address: { kind: 'api', ...mapped, isMapped: true }, connectionId };
  }
  for (let length = segments.length; length >= 0; length -= 1) {
    const mapped = mappings.get(segments.slice(0, length).join('/'));
    if (mapped) return { kind: 'endpoint', ...mapped, hasExtraPath: length < segments.length, isMapped: true };
  }
  return { kind: 'unmapped' };
}

/** The name in a `Host` header, without its port, in lower case; brackets of an IPv6 address stay. */
export function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '');
}

/** Decoded segments of a path; a slash at the end gives none. `undefined` when the encoding is broken. */
function readSegments(path: string): readonly string[] | undefined {
  const encoded = path.split('/').slice(1);
  if (encoded.at(-1) === '') encoded.pop();
  try {
    return encoded.map((segment) => decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}

/**
 * `[/{apiId}][/{stage}]/@connections/{connectionId}`. Empty segments do not count: an SDK endpoint that ends in a slash makes
 * them.
 */
function classifyConnections(hostApiId: string | undefined, segments: readonly string[]): Address | undefined {
  const names = segments.filter((segment) => segment !== '');
  const connectionId = names.at(-1);
  if (names.at(-2) !== '@connections' || connectionId === undefined || names[0] === '_gatewright') return undefined;

  const base = names.slice(0, -2);
  const [apiId, stage] = hostApiId === undefined ? base : [hostApiId, ...base];
  const isTooLong = base.length > (hostApiId === undefined ? 2 : 1);
  if (isTooLong) return { kind: 'unknown' };
  return { kind: 'connections', address: nameConnections(hostApiId, apiId, stage), connectionId };
}

function nameConnections(
  hostApiId: string | undefined,
  apiId: string | undefined,
  stage: string | undefined,
): ConnectionsAddress {
  if (apiId === undefined) return { kind: 'connection' };
  if (stage !== undefined) return { kind: 'api', apiId, stage, isMapped: false };
  return hostApiId === undefined ? { kind: 'name', name: apiId } : { kind: 'connection' };
}

function classifyEndpoint(apiId: string, segments: readonly string[]): Address {
  const [stage, ...rest] = segments;
  return { kind: 'endpoint', apiId, stage, hasExtraPath: rest.length > 0, isMapped: false };
}
