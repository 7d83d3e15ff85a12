import { authorizerUri, roleArn } from '../world.ts';
import { id, ofApi, type RoundTrip } from './round-trip.ts';

export const authorizers: readonly RoundTrip[] = [
  {
    title: 'an authorizer',
    resource: 'Authorizer',
    idMember: 'AuthorizerId',
    parents: ofApi,
    create: () => ({
      Name: 'keys',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: authorizerUri,
      IdentitySource: ['route.request.header.A'],
    }),
    defaults: { AuthorizerId: id(6) },
    another: (index) => ({ Name: `keys${index}` }),
    update: () => ({
      Name: 'tokens',
      AuthorizerCredentialsArn: roleArn,
      IdentitySource: ['route.request.querystring.token', 'stageVariables.a', 'context.identity.sourceIp'],
      IdentityValidationExpression: '^[a-z]+$',
    }),
    maximumCount: 9,
  },
  {
    title: 'an authorizer of no identity',
    resource: 'Authorizer',
    idMember: 'AuthorizerId',
    parents: ofApi,
    create: () => ({ Name: 'open', AuthorizerType: 'REQUEST', AuthorizerUri: authorizerUri }),
    defaults: { AuthorizerId: id(6) },
    update: () => ({ IdentitySource: [''] }),
    cleared: ['IdentitySource'],
  },
  {
    title: 'an authorizer whose identity sources are one text',
    resource: 'Authorizer',
    idMember: 'AuthorizerId',
    parents: ofApi,
    create: () => ({ Name: 'listed', AuthorizerType: 'REQUEST', AuthorizerUri: authorizerUri }),
    defaults: { AuthorizerId: id(6) },
    update: () => ({ IdentitySource: ['route.request.header.A, route.request.querystring.b'] }),
    updated: { IdentitySource: ['route.request.header.A', 'route.request.querystring.b'] },
  },
];
