import { bad, both, type RefusalRow } from './refusal.ts';

const webSocketAuthorizers =
  'Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.';

export const badAuthorizers: readonly RefusalRow[] = [
  ...both('Authorizer', { AuthorizerType: 'JWT' }, webSocketAuthorizers),
  ...both(
    'Authorizer',
    { AuthorizerResultTtlInSeconds: 0 },
    'AuthorizerResultTtlInSeconds cannot be set for WEBSOCKET protocol Apis.',
  ),
  ...both(
    'Authorizer',
    { EnableSimpleResponses: false },
    'EnableSimpleResponses cannot be set for WEBSOCKET protocol Apis.',
  ),
  ...both(
    'Authorizer',
    { AuthorizerPayloadFormatVersion: '1.0', EnableSimpleResponses: true },
    'AuthorizerPayloadFormatVersion cannot be set for WEBSOCKET protocol Apis.',
  ),
  ...both('Authorizer', { JwtConfiguration: {} }, 'JwtConfiguration cannot be set for WEBSOCKET protocol Apis.'),
  ...both(
    'Authorizer',
    { IdentitySource: ['body.a'] },
    /^Invalid request identity source expression: body\.a\. The sources/,
  ),
  ...both(
    'Authorizer',
    { IdentitySource: ['route.request.header.a,body.b'] },
    /^Invalid request identity source expression: route\.request\.header\.a,body\.b\. The sources/,
  ),
  ...both('Authorizer', { IdentityValidationExpression: '[' }, 'Invalid validation expression: ['),
  ...both('Authorizer', { AuthorizerCredentialsArn: 'nobody' }, 'Invalid role ARN'),
  ...both('Authorizer', { AuthorizerUri: 'http://127.0.0.1/' }, /http:\/\/127\.0\.0\.1/),
  bad(
    'CreateAuthorizer',
    { Name: 'used' },
    'Authorizer name must be unique. Authorizer used already exists in this RestApi.',
  ),
  bad('CreateAuthorizer', { Name: undefined }, /"name" is required/i),
];
