import { apis } from './round-trips/apis.ts';
import { authorizers } from './round-trips/authorizers.ts';
import { domainNames } from './round-trips/domain-names.ts';
import { integrations } from './round-trips/integrations.ts';
import { models } from './round-trips/models.ts';
import type { RoundTrip } from './round-trips/round-trip.ts';
import { routes } from './round-trips/routes.ts';
import { stages } from './round-trips/stages.ts';
import { vpcLinks } from './round-trips/vpc-links.ts';

/** The lives of all resources. The first of each resource is what lists are filled with. */
export const roundTrips: readonly RoundTrip[] = [
  ...apis,
  ...integrations,
  ...routes,
  ...models,
  ...authorizers,
  ...stages,
  ...domainNames,
  ...vpcLinks,
];
