import { labelsOf, operations } from './operations.ts';
import { badApis } from './refusals/apis.ts';
import { badAuthorizers } from './refusals/authorizers.ts';
import { badDomainNames } from './refusals/domain-names.ts';
import { badHttpApis } from './refusals/http-apis.ts';
import { badIntegrations } from './refusals/integrations.ts';
import { bad, type RefusalRow, refused } from './refusals/refusal.ts';
import { badAuthorizations, badRoutes } from './refusals/routes.ts';
import { badStages } from './refusals/stages.ts';
import type { World } from './world.ts';

/** What the service says of a label that names nothing. */
const unknownLabels: Readonly<Record<string, string>> = {
  ApiId: 'Invalid API identifier specified',
  ApiMappingId: 'The api mapping resource specified in the request was not found.',
  AuthorizerId: 'Invalid Authorizer identifier specified',
  DeploymentId: 'Invalid Deployment identifier specified',
  DomainName: 'The domain name resource specified in the request was not found.',
  IntegrationId: 'Invalid Integration identifier specified',
  IntegrationResponseId: 'Invalid Integration Response identifier specified',
  ModelId: 'Invalid Model identifier specified',
  RequestParameterKey: 'Invalid Request Parameter identifier specified',
  RouteId: 'Invalid Route identifier specified',
  RouteKey: 'Invalid Route Settings identifier specified',
  RouteResponseId: 'Invalid Route Response identifier specified',
  StageName: 'Invalid stage identifier specified',
  VpcLinkId: 'Invalid VpcLink identifier specified',
};

/** Every label of every operation, naming nothing. */
const unknown: readonly RefusalRow[] = [...operations.keys()].flatMap((operation) =>
  labelsOf(operation).flatMap((label) => {
    const message = unknownLabels[label];
    return message === undefined ? [] : [{ operation, status: 404, members: () => ({ [label]: 'none' }), message }];
  }),
);

const lists = [...operations.keys()].filter((name) => /^Get.*s$/.test(name) && name !== 'GetTags');

/** Every list, of a page that cannot be. */
const pages: readonly RefusalRow[] = lists.flatMap((operation) =>
  ['0', '-1', 'x', '1.5', '']
    .map((MaxResults) => bad(operation, { MaxResults }, /maxResults/i))
    .concat([bad(operation, { NextToken: '!' }, /nextToken/i)]),
);

/** What is named in members, and not there. */
const missing: readonly RefusalRow[] = [
  ...['CreateStage', 'UpdateStage'].map((operation) =>
    refused(404, operation, () => ({ DeploymentId: 'none' }), 'Invalid Deployment identifier specified'),
  ),
  ...['GetTags', 'TagResource', 'UntagResource'].flatMap((operation) =>
    ['apis/none', 'apis/none/stages/base', 'domainnames/none', 'vpclinks/none', 'routes/none'].map((path) =>
      refused(404, operation, () => ({ ResourceArn: `arn:aws:apigateway:us-east-1::/${path}` }), /./),
    ),
  ),
];

const inUse =
  (resource: string, route = 'RouteId') =>
  (world: World) =>
    `Cannot delete ${resource} because it is referenced by the following Routes with Ids: [${world[route]}]`;

const conflicts: readonly RefusalRow[] = [
  refused(409, 'CreateRoute', () => ({ RouteKey: 'base' }), 'Route with key base already exists for this API'),
  refused(409, 'UpdateRoute', () => ({ RouteKey: '$connect' }), 'Route with key $connect already exists for this API'),
  refused(409, 'CreateStage', () => ({ StageName: 'base' }), 'Stage already exists'),
  refused(409, 'CreateRouteResponse', ({ ConnectRouteId }) => ({ RouteId: ConnectRouteId }), /\$default/),
  refused(409, 'CreateIntegrationResponse', () => ({ IntegrationResponseKey: '$default' }), /\$default/),
  refused(409, 'UpdateIntegrationResponse', () => ({ IntegrationResponseKey: '/2\\d\\d/' }), /\/2\\d\\d\//),
  refused(409, 'CreateModel', () => ({ Name: 'Used' }), /Used/),
  refused(409, 'UpdateModel', () => ({ Name: 'Renamed' }), /Route/),
  refused(409, 'CreateApiMapping', () => ({ ApiMappingKey: 'base' }), /ApiMapping key already exists/),
  refused(409, 'UpdateApiMapping', () => ({ ApiMappingKey: 'other' }), /ApiMapping key already exists/),
];

/** Resources that a route refers to: the answer names the route. */
export const deletionsInUse: readonly (readonly [string, (world: World) => string])[] = [
  ['DeleteIntegration', inUse('Integration')],
  ['DeleteModel', inUse('Model')],
  ['DeleteAuthorizer', inUse('Authorizer', 'ConnectRouteId')],
];

export const refusals: readonly RefusalRow[] = [
  ...unknown,
  ...pages,
  ...badApis,
  ...badIntegrations,
  ...badRoutes,
  ...badAuthorizations,
  ...badAuthorizers,
  ...badStages,
  ...badDomainNames,
  ...badHttpApis,
  ...missing,
  ...conflicts,
];

/** Declared errors that no request brings about, and why. Too many requests are in a test of their own. */
export const neverBroughtAbout: ReadonlyMap<string, readonly string[]> = new Map([
  ['There is nothing that the request could name wrongly.', ['CreateApi 404', 'GetApis 404', 'GetDomainNames 404']],
  ['A name that is free conflicts with nothing.', ['CreateApi 409', 'CreateIntegration 409']],
  ['A domain name names nothing else.', ['CreateDomainName 404', 'UpdateDomainName 409']],
  ['A name that is taken makes a bad request.', ['CreateAuthorizer 409']],
  ['Nothing is checked but the labels.', ['DeleteApiMapping 400', 'GetApiMapping 400']],
  ['Requests are not authorized.', ['CreateDomainName 403']],
  ['OpenAPI is refused before anything else is looked at.', ['ImportApi 404', 'ImportApi 409', 'ReimportApi 409']],
  [
    'Only another writer could be in the way, and what two do is merged.',
    ['Deployment', 'Api', 'Authorizer', 'Integration', 'RouteResponse', 'Stage']
      .map((resource) => `Update${resource} 409`)
      .concat(['CreateDeployment 409', 'GetTags 409', 'TagResource 409', 'UntagResource 409']),
  ],
]);
