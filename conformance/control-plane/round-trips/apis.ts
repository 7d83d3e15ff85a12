import { expect } from 'vitest';
import type { Members } from '../client.ts';
import { webSocketApi } from '../world.ts';
import { date, id, type RoundTrip } from './round-trip.ts';

export const apiDefaults: Members = {
  ApiEndpoint: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/[a-z0-9]{10}$/),
  ApiId: id(10),
  ApiKeySelectionExpression: '$request.header.x-api-key',
  CreatedDate: date,
  DisableExecuteApiEndpoint: false,
  IpAddressType: 'ipv4',
};

export const apis: readonly RoundTrip[] = [
  {
    title: 'an API',
    resource: 'Api',
    idMember: 'ApiId',
    create: () => webSocketApi,
    defaults: apiDefaults,
    update: () => ({
      Name: 'rooms',
      Description: 'Rooms',
      DisableSchemaValidation: true,
      DisableExecuteApiEndpoint: true,
      IpAddressType: 'dualstack',
      ApiKeySelectionExpression: '$context.authorizer.usageIdentifierKey',
      RouteSelectionExpression: '$request.body.type',
      Version: '2',
    }),
  },
  {
    title: 'an API with everything that can be set',
    resource: 'Api',
    idMember: 'ApiId',
    create: () => ({
      ...webSocketApi,
      ApiKeySelectionExpression: '$context.authorizer.usageIdentifierKey',
      Description: 'Chat',
      DisableExecuteApiEndpoint: true,
      DisableSchemaValidation: true,
      IpAddressType: 'dualstack',
      Tags: { team: 'chat', apiId: 'a', ApiId: 'b' },
      Version: '1',
    }),
    defaults: { ApiEndpoint: apiDefaults.ApiEndpoint, ApiId: id(10), CreatedDate: date },
    update: () => ({ Description: '', Version: '' }),
    cleared: ['Description', 'Version'],
  },
];
