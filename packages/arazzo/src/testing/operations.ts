import { createLibrary } from '../document/library.ts';
import { openDescription } from '../document/openapi/description.ts';
import type { Operation } from '../document/openapi/operation.ts';
import { indexOperations } from '../document/openapi/operation-index.ts';
import { readOperation } from '../document/openapi/read-operation.ts';
import { memoryReader, shorten } from './documents.ts';

/** The operations of an API, `api.yaml` of the files below `file:///documents/`, by operationId or `METHOD path`. */
export async function readOperations(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly operations: ReadonlyMap<string, Operation>; readonly problems: readonly string[] }> {
  const library = createLibrary(memoryReader(files));
  const opened = await library.open('file:///documents/api.yaml');
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  const description = openDescription(library, opened.file);
  if (typeof description === 'string') throw new Error(description);
  const index = await indexOperations(description);
  const problems = [...index.problems];
  const operations = new Map<string, Operation>();
  for (const site of index.sites) {
    const result = await readOperation('api', site);
    problems.push(...result.problems);
    operations.set(site.operationId ?? `${site.method} ${site.path}`, result.operation);
  }
  return { operations, problems: problems.map(shorten) };
}
