import { ServiceError } from '../../api/errors.ts';
import type { Configuration, ContentHash, RouteRecord } from '../../model/api-head.ts';
import type { Route } from '../../model/resources.ts';
import { type ControlPlaneContext, notFound } from '../context.ts';
import { lookUp } from '../members.ts';
import { idsOfPage, type Page } from '../paging.ts';

type Names = Readonly<Record<string, ContentHash>>;

/** @throws ServiceError `NotFoundException` */
export async function readRecord<Value extends object>(
  context: ControlPlaneContext,
  names: Names,
  id: string,
  resourceType: string,
): Promise<Value> {
  const hash = lookUp(names, id);
  const [record] = hash === undefined ? [] : await context.records<Value>([hash]);
  if (!record) throw notFound(resourceType);
  return record;
}

/** The records of a page and of one more, in ascending order of their ids. */
export function recordsOfPage<Value extends object>(
  context: ControlPlaneContext,
  names: Names,
  page: Page,
): Promise<readonly Value[]> {
  return context.records<Value>(idsOfPage(names, page).flatMap((id) => names[id] ?? []));
}

/**
 * The service was observed to word the refusal so for integrations; models and authorizers follow.
 *
 * @throws ServiceError `ConflictException` when a route refers to what is about to go.
 */
export async function requireNoRoute(
  context: ControlPlaneContext,
  routes: Configuration['routes'],
  resource: string,
  refersTo: (route: Route) => boolean,
): Promise<void> {
  const records = await context.records<RouteRecord>(Object.values(routes));
  const users = records.filter(({ route }) => refersTo(route));
  if (users.length === 0) return;
  const ids = users.map(({ route }) => route.routeId).sort();
  throw new ServiceError(
    'ConflictException',
    `Cannot delete ${resource} because it is referenced by the following Routes with Ids: [${ids.join(', ')}]`,
  );
}
