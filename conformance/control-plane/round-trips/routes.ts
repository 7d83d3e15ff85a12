import type { Members } from '../client.ts';
import { id, ofApi, type RoundTrip } from './round-trip.ts';

export const routeDefaults: Members = { ApiKeyRequired: false, AuthorizationType: 'NONE', RouteId: id(7) };

export const routes: readonly RoundTrip[] = [
  {
    title: 'a route',
    resource: 'Route',
    idMember: 'RouteId',
    parents: ofApi,
    create: () => ({ RouteKey: 'join' }),
    defaults: routeDefaults,
    another: (index) => ({ RouteKey: `join${index}` }),
    update: ({ IntegrationId }) => ({
      RouteKey: 'enter',
      ModelSelectionExpression: '$request.body.type',
      OperationName: 'Enter',
      RequestModels: { $default: 'Used', RouteId: 'Used' },
      RouteResponseSelectionExpression: '$default',
      Target: `integrations/${IntegrationId}`,
    }),
  },
  {
    title: 'a route with everything that can be set',
    resource: 'Route',
    idMember: 'RouteId',
    parents: ofApi,
    create: ({ IntegrationId }) => ({
      ApiKeyRequired: true,
      ModelSelectionExpression: '$request.body.type',
      OperationName: 'Disconnect',
      RequestModels: { $default: 'Used' },
      RequestParameters: { 'route.request.querystring.name': { Required: true } },
      RouteKey: '$disconnect',
      RouteResponseSelectionExpression: '$default',
      Target: `integrations/${IntegrationId}`,
    }),
    defaults: { AuthorizationType: 'NONE', RouteId: id(7) },
    update: () => ({
      OperationName: '',
      Target: '',
      RequestParameters: { 'route.request.header.name': { Required: false } },
    }),
    updated: {
      RequestParameters: {
        'route.request.querystring.name': { Required: true },
        'route.request.header.name': { Required: false },
      },
    },
    cleared: ['OperationName', 'Target'],
  },
  {
    title: 'a route response',
    resource: 'RouteResponse',
    idMember: 'RouteResponseId',
    parents: { ApiId: 'ApiId', RouteId: 'RouteId' },
    create: () => ({ RouteResponseKey: '$default' }),
    defaults: { RouteResponseId: id(6) },
    update: () => ({
      ModelSelectionExpression: '$request.body.type',
      ResponseModels: { $default: 'Used' },
      ResponseParameters: { 'route.response.header.a': { Required: true } },
    }),
    maximumCount: 1,
  },
];
