import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument } from './arazzo-document.ts';
import { isRecord, quote } from './json.ts';
import { openDiagnostics } from './library.ts';
import type { SourceDescription } from './model.ts';
import { indexOperations, type OperationSite } from './openapi/operation-index.ts';
import { readRootServerUrl } from './openapi/server.ts';
import { childPointer } from './pointer.ts';
import { locateFinding, type SourceFile } from './source-file.ts';

/** A source description with what it describes. */
export interface Source {
  readonly description: SourceDescription;
  /** Absolute, or as written when that is no URL. */
  readonly url: string;
  /** Absent when the source could not be used; `problems` tells why. */
  readonly openapi?: { readonly file: SourceFile; readonly sites: readonly OperationSite[] };
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
    serverUrl: openapi && readRootServerUrl(openapi.file),
    description: openapi?.file.root.value,
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
  const unfit = whyNotOpenApi(opened.file.root.value);
  if (unfit !== undefined) {
    const message = `The source "${description.name}" (${url}) ${unfit}; an OpenAPI 3.x description was expected.`;
    const finding = {
      code: 'not-openapi',
      severity: 'error',
      message,
      pointer: childPointer(description.pointer, 'url'),
    } as const;
    return { description, url, problems: [locateFinding(document.file, finding)] };
  }
  const { sites, problems } = await indexOperations(document.library, opened.file);
  return { description, url, openapi: { file: opened.file, sites }, problems };
}

function whyNotOpenApi(root: unknown): string | undefined {
  if (!isRecord(root)) return `holds ${quote(root)}`;
  const version = Object.hasOwn(root, 'openapi') ? root.openapi : undefined;
  if (typeof version === 'string' && /^3\.\d+/.test(version)) return undefined;
  if (version !== undefined) return `has the OpenAPI version ${quote(version)}`;
  if (Object.hasOwn(root, 'swagger')) return `is a Swagger ${quote(root.swagger)} description`;
  return 'has no field "openapi"';
}
