import type { Configuration } from '../model/api-head.ts';
import type { Route } from '../model/resources.ts';
import { badRequest } from './refuse.ts';

/** @throws ServiceError `BadRequestException` when a route's target names no integration of its API. */
export function checkTarget({ target }: Route, { integrations }: Pick<Configuration, 'integrations'>): void {
  if (target === undefined) return;
  const [prefix, integrationId = '', ...rest] = target.split('/');
  const names = prefix === 'integrations' && rest.length === 0;
  if (names && Object.hasOwn(integrations, integrationId)) return;
  throw badRequest(`Target is "${target}"; expected "integrations/{integrationId}" with an integration of this API.`);
}
