import type { Diagnostic } from '../../diagnostic.ts';
import { readBody } from './body.ts';
import type { Operation, RequestDescription } from './operation.ts';
import type { OperationSite } from './operation-index.ts';
import { readParameters } from './parameters.ts';
import { follow, type Reach } from './reference.ts';
import { readSecurity } from './security.ts';
import { readServer, resolveServer } from './server.ts';
import { readSwaggerRequest } from './swagger.ts';

export interface OperationResult {
  readonly operation: Operation;
  readonly problems: readonly Diagnostic[];
}

const read = new WeakMap<OperationSite, Promise<OperationResult>>();

/** Reads an operation once, following the references it uses and no others. */
export function readOperation(sourceName: string, site: OperationSite): Promise<OperationResult> {
  const known = read.get(site) ?? readSite(sourceName, site);
  read.set(site, known);
  return known;
}

async function readSite(sourceName: string, site: OperationSite): Promise<OperationResult> {
  const problems: Diagnostic[] = [];
  const reach: Reach = async (place) => {
    const followed = place && (await follow(site.description.library, place));
    if (followed?.kind === 'unresolved') problems.push(followed.diagnostic);
    return followed?.kind === 'found' ? followed.place : undefined;
  };
  const isSwagger = site.description.dialect === 'swagger-2.0';
  const request = isSwagger
    ? await readSwaggerRequest(site, reach, problems)
    : await readRequest(site, reach, problems);
  const server = readServer(site);
  const operation: Operation = {
    site,
    sourceName,
    ...(site.operationId !== undefined && { operationId: site.operationId }),
    method: site.method,
    path: site.path,
    ...request,
    server,
    serverUrl: resolveServer(server),
    security: await readSecurity(site.description.library, site, problems),
  };
  return { operation, problems };
}

async function readRequest(site: OperationSite, reach: Reach, problems: Diagnostic[]): Promise<RequestDescription> {
  const body = await readBody(site, reach, problems);
  return { parameters: await readParameters(site, reach), ...(body && { body }) };
}
