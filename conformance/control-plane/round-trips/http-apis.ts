import { expect } from 'vitest';
import { apiDefaults } from './apis.ts';
import { date, id, type RoundTrip } from './round-trip.ts';
import { routeDefaults } from './routes.ts';

const httpApi = { ApiId: 'HttpApiId' };

/** What a WebSocket API can have, for APIs of protocol HTTP. */
export const httpRoundTrips: readonly RoundTrip[] = [
  {
    title: 'an HTTP API',
    resource: 'Api',
    idMember: 'ApiId',
    create: () => ({
      Name: 'pets',
      ProtocolType: 'HTTP',
      CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['GET'], MaxAge: 60 },
    }),
    defaults: {
      ...apiDefaults,
      ApiEndpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[a-z0-9]{10}$/),
      RouteSelectionExpression: '$request.method $request.path',
    },
    update: () => ({ CorsConfiguration: { AllowOrigins: ['https://example.com'], AllowCredentials: true } }),
  },
  {
    title: 'an integration of an HTTP API',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: httpApi,
    create: () => ({
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com/',
      ResponseParameters: { '404': { 'overwrite:statuscode': '200' } },
    }),
    defaults: {
      ConnectionType: 'INTERNET',
      IntegrationId: id(7),
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 30_000,
    },
    update: () => ({ RequestParameters: { 'append:header.a': 'b' }, TimeoutInMillis: 30_000 }),
  },
  {
    title: 'a route of an HTTP API',
    resource: 'Route',
    idMember: 'RouteId',
    parents: httpApi,
    create: () => ({ RouteKey: 'POST /pets/{id}' }),
    defaults: routeDefaults,
    update: ({ HttpIntegrationId }) => ({ RouteKey: '$default', Target: `integrations/${HttpIntegrationId}` }),
  },
  {
    title: 'a JWT authorizer',
    resource: 'Authorizer',
    idMember: 'AuthorizerId',
    parents: httpApi,
    create: () => ({
      Name: 'tokens',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['a'], Issuer: 'https://example.com' },
    }),
    defaults: { AuthorizerId: id(6) },
    update: () => ({ JwtConfiguration: { Audience: ['b', 'c'], Issuer: 'https://example.com' } }),
  },
  {
    title: 'the $default stage of an HTTP API',
    resource: 'Stage',
    idMember: 'StageName',
    parents: httpApi,
    create: () => ({ StageName: '$default', AutoDeploy: true }),
    defaults: {
      AutoDeploy: true,
      CreatedDate: date,
      DefaultRouteSettings: { DetailedMetricsEnabled: false },
      DeploymentId: id(6),
      LastDeploymentStatusMessage: expect.stringContaining('Successfully deployed'),
      LastUpdatedDate: date,
      RouteSettings: {},
      StageVariables: {},
      Tags: {},
    },
    update: () => ({ StageVariables: { a: 'b' } }),
    updated: { LastUpdatedDate: date },
  },
];
