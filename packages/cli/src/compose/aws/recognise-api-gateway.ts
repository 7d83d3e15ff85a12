import type { SourceSummary } from '@gatewright/arazzo';
import type { Dialect } from '../../dialect.ts';
import { isRecord } from '../is-record.ts';

/**
 * Which dialect a source describes API Gateway V2 in; `undefined` when it describes something else. It is known by its
 * operation that creates APIs, else by any that has the operationId, method and path of one of the service. Where none
 * names a member, the dialect is that of AWS's wire.
 */
export async function recogniseApiGateway({ description }: SourceSummary): Promise<Dialect | undefined> {
  const create = follow(description, ['paths', '/v2/apis', 'post']);
  const names = new Set(namesOf(description, create, 'requestBody'));
  if (names.has('ProtocolType')) return 'member-names';
  return names.has('protocolType') ? 'wire-names' : recogniseByOperations(description);
}

interface Described {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly operation: unknown;
}

/** The table of operations is loaded only for descriptions that may have one of them. */
async function recogniseByOperations(description: unknown): Promise<Dialect | undefined> {
  const all = listOperations(description);
  if (all.length === 0) return undefined;
  const { dialectOf, recogniseOperation } = await import('@gatewright/gateway/api');
  let recognised: Dialect | undefined;
  for (const { method, path, operationId, operation } of all) {
    const known = recogniseOperation(method, path, operationId);
    if (known === undefined) continue;
    const answers = Object.keys(recordAt(description, operation, ['responses']));
    const names = [
      ...namesOf(description, operation, 'requestBody'),
      ...answers.flatMap((status) => namesOf(description, operation, 'responses', status)),
    ];
    const dialect = dialectOf(known, new Set(names));
    if (dialect !== undefined) return dialect;
    recognised = 'wire-names';
  }
  return recognised;
}

function listOperations(description: unknown): readonly Described[] {
  const paths = recordAt(description, description, ['paths']);
  return Object.keys(paths).flatMap((path) => {
    if (!path.startsWith('/v2/')) return [];
    return Object.entries(recordAt(description, paths, [path])).flatMap(([method, operation]) => {
      const operationId = isRecord(operation) ? operation.operationId : undefined;
      return typeof operationId === 'string' ? [{ method, path, operationId, operation }] : [];
    });
  });
}

/** The names of the members of a JSON body that an operation describes. */
function namesOf(description: unknown, operation: unknown, ...body: readonly string[]): readonly string[] {
  return Object.keys(
    recordAt(description, operation, [...body, 'content', 'application/json', 'schema', 'properties']),
  );
}

function recordAt(description: unknown, start: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  const found = follow(description, path, start);
  return isRecord(found) ? found : {};
}

/** Walks a parsed description by member names, following local `$ref`s on the way. */
function follow(root: unknown, path: readonly string[], start: unknown = root): unknown {
  let node: unknown = start;
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
