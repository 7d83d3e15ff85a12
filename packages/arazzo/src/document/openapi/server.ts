import { isRecord, listMember, memberOf, recordMember, stringMember } from '../json.ts';
import type { Description } from './description.ts';
import type { OperationSite } from './operation-index.ts';
import { baseOf } from './reference.ts';

/** Where an API is served, as it is described. */
export interface Server {
  /** May hold variables in braces, and be relative to `base`. */
  readonly url: string;
  readonly variables: ReadonlyMap<string, ServerVariable>;
  readonly base: string;
}

interface ServerVariable {
  /** Absent in descriptions that lack it, although it is required. */
  readonly default?: string;
  /** The values it may have, when they are listed. */
  readonly allowed?: readonly string[];
}

/**
 * The server of an operation: the first that the operation lists, else its path item, else the description
 * (OpenAPI 3.1 §Server Object).
 */
export function readServer(site: OperationSite): Server {
  const { description } = site;
  if (description.dialect !== 'swagger-2.0') {
    for (const owner of [site.operation, ...site.pathItem]) {
      const [server] = listMember(owner.value, 'servers');
      if (server !== undefined) return readServerObject(server, baseOf(description.file));
    }
  }
  return readRootServer(description, site.operation.value);
}

/** The server of a whole description. One without servers is served where it is read from. */
export function readRootServer(description: Description, operation?: unknown): Server {
  const { file } = description;
  const root = file.value;
  if (description.dialect === 'swagger-2.0') return readSwaggerServer(root, operation, file.url);
  return readServerObject(listMember(root, 'servers')[0], baseOf(file));
}

function readServerObject(value: unknown, base: string): Server {
  const variables = Object.entries(recordMember(value, 'variables')).map(
    ([name, variable]) => [name, readVariable(variable)] as const,
  );
  return { url: stringMember(value, 'url') ?? '/', variables: new Map(variables), base };
}

function readVariable(value: unknown): ServerVariable {
  const preset = memberOf(value, 'default');
  const allowed = listMember(value, 'enum').map(String);
  return {
    ...(preset !== undefined && !isRecord(preset) && { default: String(preset) }),
    ...(allowed.length > 0 && { allowed }),
  };
}

/**
 * `host`, `basePath` and `schemes` (Swagger 2.0 §Swagger Object). What is absent is taken from where the description is
 * read; of several schemes `https` is used.
 */
function readSwaggerServer(root: unknown, operation: unknown, base: string): Server {
  const own = listMember(operation, 'schemes');
  const schemes = own.length > 0 ? own : listMember(root, 'schemes');
  const host = stringMember(root, 'host') ?? (URL.canParse(base) ? new URL(base).host : '');
  const basePath = stringMember(root, 'basePath') ?? '/';
  const scheme = schemes.includes('https') ? 'https' : (schemes[0] ?? /^https?(?=:)/.exec(base)?.[0] ?? 'https');
  const url = host === '' ? basePath : `${scheme}://${host}${basePath.startsWith('/') ? '' : '/'}${basePath}`;
  return { url, variables: new Map(), base };
}

/** The variables of a server: those it describes, and those it only has in its URL. */
export function variablesOf(server: Server): ReadonlyMap<string, ServerVariable> {
  const names = [...server.url.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  return new Map([...names.map((name) => [name, {}] as const), ...server.variables]);
}

/**
 * The base URL of a server, its variables at the values given, else at their defaults; `undefined` when it is not an
 * absolute http or https URL.
 */
export function resolveServer(
  server: Server,
  lookUp: (name: string) => string | undefined = () => undefined,
): string | undefined {
  return normalizeServerUrl(fillVariables(server, lookUp), server.base);
}

/** The URL of a server as it is written, with the variables that have a value at it. */
export function fillVariables({ url, variables }: Server, lookUp: (name: string) => string | undefined): string {
  return url.replaceAll(
    /\{([^{}]+)\}/g,
    (placeholder, name: string) => lookUp(name) ?? variables.get(name)?.default ?? placeholder,
  );
}

/** An absolute http or https URL without query, fragment and trailing slash; `undefined` when the text is none. */
export function normalizeServerUrl(text: string, base?: string): string | undefined {
  if (/[{}]/.test(text) || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
