import { bad, both, long, type RefusalRow, refused, tooManyTags } from './refusal.ts';

export const badApis: readonly RefusalRow[] = [
  bad('CreateApi', { ProtocolType: 'SMTP' }, 'Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]'),
  bad('CreateApi', { RouteSelectionExpression: undefined }, /RouteSelectionExpression is required/i),
  bad('CreateApi', { Name: undefined }, /"name" is required/i),
  bad('CreateApi', { ProtocolType: undefined }, /"protocolType" is required/i),
  bad('CreateApi', { Tags: { 'aws:a': 'b' } }, /aws:a/),
  bad('CreateApi', { Tags: tooManyTags }, /tags.*51/i),
  ...both('Api', { Name: '' }, /name/i),
  ...both('Api', { Name: long(129) }, /name.*129/i),
  ...both('Api', { Description: long(1025) }, /description.*1025/i),
  ...both('Api', { Version: long(65) }, /version.*65/i),
  ...both('Api', { IpAddressType: 'ipv5' }, /ipAddressType.*ipv5/i),
  ...both(
    'Api',
    { ApiKeySelectionExpression: '$request.body.key' },
    /apiKeySelectionExpression.*\$request\.body\.key/i,
  ),
  ...both('Api', { RouteSelectionExpression: '${request.body.action' }, /request\.body\.action/),
  ...both('Api', { CorsConfiguration: {} }, /CorsConfiguration cannot be set for WEBSOCKET protocol Apis/),
  ...both('Api', { Target: 'http://127.0.0.1/' }, /Target cannot be set for WEBSOCKET protocol Apis/),
  ...both('Api', { RouteKey: '$default' }, /RouteKey cannot be set for WEBSOCKET protocol Apis/),
  bad(
    'CreateApi',
    { ProtocolType: 'HTTP', RouteSelectionExpression: undefined, DisableSchemaValidation: true },
    'DisableSchemaValidation cannot be set for HTTP protocol Apis.',
  ),
  refused(
    400,
    'UpdateApi',
    ({ HttpApiId }) => ({
      ...{ ApiId: HttpApiId, Target: 'https://example.com' },
      ...{ DisableSchemaValidation: undefined, RouteSelectionExpression: undefined },
    }),
    'Target is part of quick create, by which this API was not made.',
  ),
  bad('ImportApi', {}, /ImportApi/),
  bad('ReimportApi', {}, /ReimportApi/),
  bad('ExportApi', {}, /ExportApi/),
];
