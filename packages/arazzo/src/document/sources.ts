import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument } from './arazzo-document.ts';
import { quote } from './json.ts';
import { openDiagnostics } from './library.ts';
import type { SourceDescription } from './model.ts';
import { type Description, openDescription } from './openapi/description.ts';
import { indexOperations, type OperationSite } from './openapi/operation-index.ts';
import { readRootServer, resolveServer } from './openapi/server.ts';
import { childPointer } from './pointer.ts';
import { locateFinding } from './source-file.ts';

/** A source description with what it describes. */
export interface Source {
  readonly description: SourceDescription;
  /** Absolute, or as written when that is no URL. */
  readonly url: string;
  /** Absent when the source could not be used; `problems` tells why. */
  readonly openapi?: { readonly description: Description; readonly sites: readonly OperationSite[] };
  readonly problems: readonly Diagnostic[];
}

export interface SourceSummary {
  readonly name: string;
  readonly type: string;
  readonly url: string;
  /** Where requests go unless overridden; `undefined` when the description names no server that can be reached. */
  readonly serverUrl: string | undefined;
  /** The root of the parsed description; `undefined` when it could not be read. */
  readonly description: unknown;
}

/** Reads every source of a document. Never rejects: a source that cannot be used carries its problems. */
export function openSources(document: ArazzoDocument): Promise<readonly Source[]> {
  return Promise.all(document.sources.map((description) => openSource(document, description)));
}

/** The sources of a document as a caller may want to show them, or to choose a server for. */
export async function describeSources(document: ArazzoDocument): Promise<readonly SourceSummary[]> {
  const sources = await openSources(document);
  return sources.map(({ description, url, openapi }) => ({
    name: description.name,
    type: description.type,
    url,
    serverUrl: openapi && resolveServer(readRootServer(openapi.description)),
    description: openapi?.description.file.root.value,
  }));
}

async function openSource(document: ArazzoDocument, description: SourceDescription): Promise<Source> {
  const refuse = (url: string, message: string, details: readonly Diagnostic[] = []): Source => {
    const pointer = childPointer(description.pointer, 'url');
    const finding = {
      code: details.length > 0 ? 'not-openapi' : 'file-unreadable',
      severity: 'error',
      pointer,
    } as const;
    return { description, url, problems: [locateFinding(document.file, { ...finding, message }), ...details] };
  };
  if (!URL.canParse(description.url, document.base)) {
    return refuse(
      description.url,
      `The source "${description.name}" has the url ${quote(description.url)}; a URL was expected.`,
    );
  }
  const url = new URL(description.url, document.base).href;
  // The structure rule has refused other types already.
  if (description.type !== 'openapi') return { description, url, problems: [] };
  const opened = await document.library.open(url);
  if (opened.kind === 'unreadable') {
    return refuse(url, `The source "${description.name}" cannot be read: ${opened.message}`);
  }
  if (opened.kind === 'refused') {
    return refuse(url, `The source "${description.name}" is not an OpenAPI description.`, openDiagnostics(url, opened));
  }
  const opening = openDescription(document.library, opened.file);
  if (typeof opening === 'string') {
    const message = `The source "${description.name}" (${url}) ${opening}; an OpenAPI 3.x or Swagger 2.0 description was expected.`;
    const finding = {
      code: 'not-openapi',
      severity: 'error',
      message,
      pointer: childPointer(description.pointer, 'url'),
    } as const;
    return { description, url, problems: [locateFinding(document.file, finding)] };
  }
  const { sites, problems } = await indexOperations(opening);
  return { description, url, openapi: { description: opening, sites }, problems };
}
