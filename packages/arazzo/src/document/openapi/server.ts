import { listMember, memberOf, stringMember } from '../json.ts';
import type { SourceFile } from '../source-file.ts';
import type { OperationSite } from './operation-index.ts';

/**
 * The base URL of an operation: the first server of the operation, else of its path item, else of the description
 * (OpenAPI 3.1 §Server Object), variables at their defaults. `undefined` when it is not an absolute http(s) URL.
 */
export function readServerUrl(site: OperationSite): string | undefined {
  const root = site.file;
  for (const owner of [site.operation.value, site.pathItem.value]) {
    if (listMember(owner, 'servers').length > 0) return serverUrlOf(owner, root.url);
  }
  return readRootServerUrl(root);
}

/** The base URL of a whole description. A description without servers is served where it is read from. */
export function readRootServerUrl(file: SourceFile): string | undefined {
  return serverUrlOf(file.root.value, file.url);
}

function serverUrlOf(owner: unknown, base: string): string | undefined {
  const server = listMember(owner, 'servers')[0];
  const template = stringMember(server, 'url') ?? '/';
  const variables = memberOf(server, 'variables');
  const text = template.replaceAll(/\{([^{}]+)\}/g, (placeholder, name: string) => {
    const value = memberOf(memberOf(variables, name), 'default');
    return value === undefined ? placeholder : String(value);
  });
  return normalizeServerUrl(text, base);
}

/** An absolute http or https URL without query, fragment and trailing slash; `undefined` when the text is none. */
export function normalizeServerUrl(text: string, base?: string): string | undefined {
  if (/[{}]/.test(text) || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
