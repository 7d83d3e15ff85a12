import type { Members } from './client.ts';
import { httpRoundTrips } from './round-trips/http-apis.ts';
import type { RoundTrip } from './round-trips/round-trip.ts';
import { roundTrips } from './round-trips.ts';
import type { World } from './world.ts';

/** An input of each operation that the world would take. */
export function exampleInputs(world: World): ReadonlyMap<string, Members> {
  const { ApiId = '', StageName = '', ModelId = '', RouteId = '' } = world;
  const stage = { ApiId, StageName };
  const tagged = { ResourceArn: `arn:aws:apigateway:us-east-1::/apis/${ApiId}` };
  return new Map<string, Members>([
    ...[...roundTrips].reverse().flatMap((row) => examplesOf(row, world)),
    ['DeleteAccessLogSettings', stage],
    ['DeleteCorsConfiguration', { ApiId }],
    ['DeleteRouteRequestParameter', { ApiId, RouteId, RequestParameterKey: 'route.request.querystring.a/b' }],
    ['DeleteRouteSettings', { ...stage, RouteKey: '$connect' }],
    ['ExportApi', { ApiId, Specification: 'OAS30', OutputType: 'JSON' }],
    ['GetModelTemplate', { ApiId, ModelId }],
    ['GetTags', tagged],
    ['ImportApi', { Body: '{}' }],
    ['ReimportApi', { ApiId, Body: '{}' }],
    ['ResetAuthorizersCache', stage],
    ['TagResource', { ...tagged, Tags: { a: '1' } }],
    ['UntagResource', { ...tagged, TagKeys: ['a'] }],
  ]);
}

function examplesOf(row: RoundTrip, world: World): readonly (readonly [string, Members])[] {
  const { resource, idMember, create, update } = row;
  const parents = parentsOf(row, world);
  const existing = resource === 'RouteResponse' ? { ApiId: world.ApiId, RouteId: world.ConnectRouteId } : parents;
  const name = { ...existing, [idMember]: world[idMember] };
  return [
    [`Create${resource}`, { ...parents, ...create(world) }],
    [`Get${resource}s`, existing],
    [`Get${resource}`, name],
    [`Update${resource}`, { ...name, ...update(world) }],
    [`Delete${resource}`, name],
  ];
}

/** The labels that lead to a resource, with their values. */
export function parentsOf({ parents = {} }: RoundTrip, world: World): Members {
  return Object.fromEntries(Object.entries(parents).map(([label, name]) => [label, world[String(name)]]));
}

export const allRoundTrips: readonly RoundTrip[] = [...roundTrips, ...httpRoundTrips];

/** One row of each resource. */
export const resources: readonly RoundTrip[] = roundTrips.filter(
  ({ resource }, index) => roundTrips.findIndex((other) => other.resource === resource) === index,
);
