import type { Diagnostic } from '../../diagnostic.ts';
import { isRecord } from '../json.ts';
import type { OperationSite } from './operation-index.ts';
import { childPlace, follow, type Place } from './reference.ts';

const found = new WeakMap<OperationSite, Promise<readonly Diagnostic[]>>();

/**
 * The references of an operation's responses that lead nowhere: of the responses themselves, their headers, media types and
 * schemas. What schemas hold is not looked into, so that operations of large descriptions stay cheap. Found once.
 */
export function findUnresolvedResponses(site: OperationSite): Promise<readonly Diagnostic[]> {
  const known = found.get(site) ?? find(site);
  found.set(site, known);
  return known;
}

async function find(site: OperationSite): Promise<readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const reach = async (place: Place | undefined): Promise<Place | undefined> => {
    const followed = place && (await follow(site.description.library, place));
    if (followed?.kind === 'unresolved') problems.push(followed.diagnostic);
    return followed?.kind === 'found' ? followed.place : undefined;
  };
  for (const [status, written] of members(childPlace(site.operation, 'responses'))) {
    const response = status.startsWith('x-') ? undefined : await reach(written);
    if (response === undefined) continue;
    // Swagger 2.0 has the schema in the response itself.
    await reach(childPlace(response, 'schema'));
    for (const name of ['headers', 'content']) {
      for (const [, part] of members(childPlace(response, name))) {
        const described = await reach(part);
        await reach(described && childPlace(described, 'schema'));
      }
    }
  }
  return problems;
}

function members(owner: Place | undefined): readonly (readonly [string, Place])[] {
  if (owner === undefined || !isRecord(owner.value)) return [];
  return Object.keys(owner.value).flatMap((name) => {
    const place = childPlace(owner, name);
    return place === undefined ? [] : [[name, place] as const];
  });
}
