import { createHash } from 'node:crypto';
import type { SourceSummary, Transport } from '@gatewright/arazzo';
import { isRecord } from './is-record.ts';

/**
 * The two spellings that OpenAPI descriptions of API Gateway V2 use: AWS's wire is lowerCamelCase (`name`), the SDKs'
 * member names are PascalCase (`Name`). A Gatewright speaks both, each below its own base path.
 */
export type Dialect = (typeof dialects)[number];

const dialects = ['wire-names', 'member-names'] as const;

/** The base path below which a Gatewright speaks member names. */
export const memberNamesBase = '/_gatewright/member-names';

/** Which dialect a source describes API Gateway V2 in; `undefined` when it describes something else. */
export function recogniseApiGateway(source: SourceSummary): Dialect | undefined {
  const createApi = follow(source.description, ['paths', '/v2/apis', 'post']);
  if (createApi === undefined) return undefined;
  const schema = follow(source.description, [
    'paths',
    '/v2/apis',
    'post',
    'requestBody',
    'content',
    'application/json',
    'schema',
    'properties',
  ]);
  if (!isRecord(schema)) return undefined;
  if (Object.hasOwn(schema, 'ProtocolType')) return 'member-names';
  return Object.hasOwn(schema, 'protocolType') ? 'wire-names' : undefined;
}

/** The base URL at which a Gatewright speaks the dialect. */
export function dialectBaseUrl(gateway: string, dialect: Dialect): string {
  const base = gateway.replace(/\/+$/, '');
  return dialect === 'member-names' ? base + memberNamesBase : base;
}

/**
 * Makes `up` repeatable: each API that a step creates asks the gateway for an id derived from the document's name and
 * title, the workflow, the step and how often it has created one in this run. The same document therefore gives the same
 * URLs at every start. Only the gateway itself is asked.
 */
export function withStableApiIds(transport: Transport, gateway: string, identity: string): Transport {
  const created = new Map<string, number>();
  const creations = new Set(dialects.map((dialect) => `${dialectBaseUrl(gateway, dialect)}/v2/apis`));
  return {
    close: () => transport.close(),
    async send(request, signal) {
      if (request.method !== 'POST' || !creations.has(request.url)) return transport.send(request, signal);
      const step = JSON.stringify([identity, request.workflowId, request.stepId]);
      const occurrence = created.get(step) ?? 0;
      const headers = { ...request.headers, 'x-gatewright-api-id': stableApiId(step, occurrence) };
      const response = await transport.send({ ...request, headers }, signal);
      if (response.status === 201) created.set(step, occurrence + 1);
      return response;
    },
  };
}

/** Ten characters of `[a-z0-9]`, the form of an API's id. */
function stableApiId(step: string, occurrence: number): string {
  const digest = createHash('sha256').update(`${step}#${occurrence}`).digest();
  return (digest.readBigUInt64BE() % 36n ** 10n).toString(36).padStart(10, '0');
}

/** Walks a parsed description by member names, following local `$ref`s on the way. */
function follow(root: unknown, path: readonly string[]): unknown {
  let node: unknown = root;
  for (const name of path) {
    node = resolveReference(root, node);
    if (!isRecord(node) || !Object.hasOwn(node, name)) return undefined;
    node = node[name];
  }
  return resolveReference(root, node);
}

const longestReferenceChain = 16;

function resolveReference(root: unknown, node: unknown): unknown {
  let current = node;
  for (let hops = 0; hops < longestReferenceChain; hops += 1) {
    if (!isRecord(current) || typeof current.$ref !== 'string' || !current.$ref.startsWith('#/')) return current;
    current = current.$ref
      .slice(2)
      .split('/')
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((at, token) => (isRecord(at) && Object.hasOwn(at, token) ? at[token] : undefined), root);
  }
  return undefined;
}
