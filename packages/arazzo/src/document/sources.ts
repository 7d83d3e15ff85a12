import type { Diagnostic } from '../diagnostic.ts';
import { type ArazzoDocument, reachDocuments, sourceNameIn } from './arazzo-document.ts';
import { type AsyncDescription, readAsyncApi, whyNotAsyncApi } from './async-api.ts';
import { openDiagnostics } from './library.ts';
import type { SourceDescription } from './model.ts';
import { openSourceFile } from './open-source-file.ts';
import { type Description, openDescription } from './openapi/description.ts';
import { indexOperations, type OperationSite } from './openapi/operation-index.ts';
import { listSecuritySchemes, type SecurityScheme } from './openapi/security.ts';
import { readRootServer, resolveServer } from './openapi/server.ts';
import { childPointer } from './pointer.ts';
import { locateFinding } from './source-file.ts';

/** A source description with what it describes. */
export interface Source {
  /** Unique among all documents; that of the description unless it is in another document than the one loaded. */
  readonly name: string;
  readonly description: SourceDescription;
  /** Absolute, or as written when that is no URL. */
  readonly url: string;
  /** Absent when the source could not be used; `problems` tells why. */
  readonly openapi?: { readonly description: Description; readonly sites: readonly OperationSite[] };
  /** Absent when the source is of another type, or could not be used. */
  readonly asyncapi?: AsyncDescription;
  /** True when nothing is known of what the source defines. */
  readonly unusable: boolean;
  readonly problems: readonly Diagnostic[];
}

export interface SourceSummary {
  readonly name: string;
  readonly type: string;
  readonly url: string;
  /** Where requests go unless overridden; `undefined` when the description names no server that can be reached. */
  readonly serverUrl: string | undefined;
  /** The security schemes that the description defines, by name. */
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  /** The root of the parsed description; `undefined` when it could not be read. */
  readonly description: unknown;
}

const opened = new WeakMap<ArazzoDocument, Promise<readonly Source[]>>();

/** Reads every source of a document, once. Never rejects: a source that cannot be used carries its problems. */
export function openSources(document: ArazzoDocument): Promise<readonly Source[]> {
  const known = opened.get(document) ?? Promise.all(document.sources.map((source) => openSource(document, source)));
  opened.set(document, known);
  return known;
}

/**
 * The sources of a document and of the Arazzo documents among them, as a caller may want to show them, or to choose a
 * server for. The name of a source in another document follows the names that lead there, as in `shop.pets`.
 */
export async function describeSources(document: ArazzoDocument): Promise<readonly SourceSummary[]> {
  const sources = (await Promise.all(reachDocuments(document).map(openSources))).flat();
  return sources.map(({ name, description, url, openapi }) => ({
    name,
    type: description.type,
    url,
    serverUrl: openapi && resolveServer(readRootServer(openapi.description)),
    securitySchemes: listSecuritySchemes(openapi?.description.file.value),
    description: openapi?.description.file.value,
  }));
}

async function openSource(document: ArazzoDocument, description: SourceDescription): Promise<Source> {
  const name = sourceNameIn(document, description.name);
  if (description.type === 'arazzo') {
    const { url, problems } = document.linked.get(description.name) ?? { url: description.url, problems: [] };
    return { name, description, url, unusable: false, problems };
  }
  const pointer = childPointer(description.pointer, 'url');
  const { url, opened, note } = await openSourceFile(document, description);
  const kind = description.type === 'asyncapi' ? 'AsyncAPI' : 'OpenAPI';
  const refuse = (
    code: 'file-unreadable' | 'not-openapi' | 'not-asyncapi',
    message: string,
    details: readonly Diagnostic[] = [],
  ): Source => {
    const problem = locateFinding(document.file, { code, severity: 'error', message, pointer });
    return { name, description, url, unusable: true, problems: [problem, ...details] };
  };
  if (opened.kind === 'unreadable') {
    return refuse('file-unreadable', `The source "${description.name}" cannot be read: ${opened.message}`);
  }
  const notFit = kind === 'AsyncAPI' ? 'not-asyncapi' : 'not-openapi';
  if (opened.kind === 'refused') {
    const message = `The source "${description.name}" is not an ${kind} description.`;
    return refuse(notFit, message, openDiagnostics(url, opened));
  }
  const notes = note ? [locateFinding(document.file, note)] : [];
  if (kind === 'AsyncAPI') {
    const root = opened.file.value;
    const unfit = whyNotAsyncApi(root);
    if (unfit === undefined) {
      return { name, description, url, unusable: false, asyncapi: readAsyncApi(root), problems: notes };
    }
    const message = `The source "${description.name}" (${url}) ${unfit}; an AsyncAPI 2.x or 3.x description was expected.`;
    return refuse(notFit, message);
  }
  const opening = openDescription(document.library, opened.file);
  if (typeof opening === 'string') {
    const message = `The source "${description.name}" (${url}) ${opening}; an OpenAPI 3.x or Swagger 2.0 description was expected.`;
    return refuse(notFit, message);
  }
  const { sites, problems } = await indexOperations(opening);
  const openapi = { description: opening, sites };
  return { name, description, url, unusable: false, openapi, problems: [...notes, ...problems] };
}
