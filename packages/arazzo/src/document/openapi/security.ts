import type { Diagnostic } from '../../diagnostic.ts';
import { isRecord, listMember, memberOf, stringMember } from '../json.ts';
import type { Library } from '../library.ts';
import type { OperationSite } from './operation-index.ts';
import { childPlace, follow, type Place } from './reference.ts';

/** A Security Scheme Object (OpenAPI 3.1), or a Security Definitions entry (Swagger 2.0), as far as it is carried out. */
export type SecurityScheme =
  | { readonly kind: 'api-key'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }
  | { readonly kind: 'http-basic' }
  | { readonly kind: 'http-bearer' }
  | { readonly kind: 'http-digest' }
  | { readonly kind: 'oauth2'; readonly flows: OAuthFlows }
  | { readonly kind: 'sigv4' }
  /** Decided by the TLS handshake; nothing in the request carries it. */
  | { readonly kind: 'mutual-tls' }
  /** `type` as the description writes it; empty when it defines no scheme of the name. */
  | { readonly kind: 'unknown'; readonly type: string };

/** The token URLs of the flows that need no browser, as written: absolute, or relative to the server. */
export interface OAuthFlows {
  readonly clientCredentials?: string;
  readonly password?: string;
}

/** One scheme that a Security Requirement Object names. */
export interface SecurityDemand {
  readonly name: string;
  readonly scheme: SecurityScheme;
  readonly scopes: readonly string[];
}

/** The schemes of one Security Requirement Object, which apply together; empty when it asks for nothing. */
export type SecurityAlternative = readonly SecurityDemand[];

/**
 * The alternatives of an operation, of which one suffices: its own, else those of the description (OpenAPI 3.1 §Operation
 * Object `security`). None when no security is required.
 */
export async function readSecurity(
  library: Library,
  site: OperationSite,
  problems: Diagnostic[],
): Promise<readonly SecurityAlternative[]> {
  const declared = memberOf(site.operation.value, 'security') ?? memberOf(site.file.value, 'security');
  const alternatives = Array.isArray(declared) ? declared.filter(isRecord) : [];
  return Promise.all(
    alternatives.map((alternative) =>
      Promise.all(
        Object.keys(alternative).map(async (name) => ({
          name,
          scheme: await readScheme(library, site, name, problems),
          scopes: listMember(alternative, name).filter((scope) => typeof scope === 'string'),
        })),
      ),
    ),
  );
}

/** The security schemes that a description defines, by name; references to other places are not followed. */
export function listSecuritySchemes(root: unknown): ReadonlyMap<string, SecurityScheme> {
  const owner = memberOf(memberOf(root, 'components'), 'securitySchemes') ?? memberOf(root, 'securityDefinitions');
  const entries = isRecord(owner) ? Object.entries(owner) : [];
  return new Map(entries.map(([name, value]) => [name, classifyScheme(name, value)]));
}

async function readScheme(
  library: Library,
  site: OperationSite,
  name: string,
  problems: Diagnostic[],
): Promise<SecurityScheme> {
  const root: Place = { file: site.file, pointer: '', value: site.file.value };
  const components = childPlace(root, 'components');
  const owner = (components && childPlace(components, 'securitySchemes')) ?? childPlace(root, 'securityDefinitions');
  const place = owner && childPlace(owner, name);
  if (place === undefined) return { kind: 'unknown', type: '' };
  const followed = await follow(library, place);
  if (followed.kind === 'found') return classifyScheme(name, followed.place.value);
  problems.push(followed.diagnostic);
  return { kind: 'unknown', type: '' };
}

/** What a Security Scheme Object asks for. */
export function classifyScheme(name: string, value: unknown): SecurityScheme {
  const type = stringMember(value, 'type') ?? '';
  switch (type) {
    case 'apiKey':
      return isSignatureVersion4(name, value) ? { kind: 'sigv4' } : classifyApiKey(value);
    case 'http':
      return classifyHttp(stringMember(value, 'scheme') ?? '');
    case 'basic':
      return { kind: 'http-basic' };
    case 'oauth2':
      return { kind: 'oauth2', flows: readFlows(value) };
    case 'openIdConnect':
      return { kind: 'http-bearer' };
    case 'mutualTLS':
      return { kind: 'mutual-tls' };
    default:
      return { kind: 'unknown', type };
  }
}

/**
 * OpenAPI has no type for AWS's signatures. Descriptions write them as an API key in the header `Authorization`, marked by
 * API Gateway's extension `x-amazon-apigateway-authtype`, or named `sigv4` or, in converted service models, `hmac`.
 */
function isSignatureVersion4(name: string, value: unknown): boolean {
  if (stringMember(value, 'x-amazon-apigateway-authtype')?.toLowerCase() === 'awssigv4') return true;
  const isAuthorization =
    stringMember(value, 'in') === 'header' && stringMember(value, 'name')?.toLowerCase() === 'authorization';
  return isAuthorization && /sig(?:nature)?[-_]?v(?:ersion)?[-_]?4|hmac/i.test(name);
}

function classifyApiKey(value: unknown): SecurityScheme {
  const place = stringMember(value, 'in');
  const name = stringMember(value, 'name');
  if (name === undefined || (place !== 'header' && place !== 'query' && place !== 'cookie')) {
    return { kind: 'unknown', type: 'apiKey' };
  }
  return { kind: 'api-key', in: place, name };
}

function classifyHttp(scheme: string): SecurityScheme {
  switch (scheme.toLowerCase()) {
    case 'basic':
      return { kind: 'http-basic' };
    case 'bearer':
      return { kind: 'http-bearer' };
    case 'digest':
      return { kind: 'http-digest' };
    default:
      return { kind: 'unknown', type: `http ${scheme}` };
  }
}

/** Swagger 2.0 has one flow for each scheme and calls client credentials `application`. */
function readFlows(value: unknown): OAuthFlows {
  const flow = stringMember(value, 'flow');
  const tokenUrl = stringMember(value, 'tokenUrl');
  const flows = memberOf(value, 'flows');
  const clientCredentials =
    flow === 'application' ? tokenUrl : stringMember(memberOf(flows, 'clientCredentials'), 'tokenUrl');
  const password = flow === 'password' ? tokenUrl : stringMember(memberOf(flows, 'password'), 'tokenUrl');
  return {
    ...(clientCredentials !== undefined && { clientCredentials }),
    ...(password !== undefined && { password }),
  };
}
