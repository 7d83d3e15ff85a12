import { describe, expect, it } from 'vitest';
import { toWireNames } from './dialect.ts';
import { ServiceError } from './errors.ts';
import { validateStructure } from './validate.ts';

const api = { name: 'chat', protocolType: 'WEBSOCKET' };
const integration = { apiId: 'a', integrationType: 'MOCK' };
const stage = { apiId: 'a', stageName: 'dev' };

describe('validateStructure', () => {
  it.each([
    ['CreateApiRequest', { ...api, tags: { team: 'chat' }, disableSchemaValidation: true }],
    ['CreateIntegrationRequest', { ...integration, timeoutInMillis: 30_000, requestTemplates: { '200': '{}' } }],
    ['CreateStageRequest', { ...stage, defaultRouteSettings: { throttlingRateLimit: 0.5, loggingLevel: 'DEBUG' } }],
    ['UpdateIntegrationRequest', { apiId: 'a', integrationId: 'b', contentHandlingStrategy: '' }],
  ])('accepts a %s', (structure, value) => {
    expect(() => validateStructure(structure, value, 'wire-names')).not.toThrow();
  });

  it.each<[string, unknown, string]>([
    ['CreateApiRequest', [], 'The request is []; expected an object.'],
    ['CreateApiRequest', { protocolType: 'WEBSOCKET' }, '"name" is required.'],
    ['CreateApiRequest', { ...api, name: 7 }, '"name" is 7; expected a string.'],
    ['CreateApiRequest', { ...api, name: '' }, '"name" is empty; expected at least 1 character.'],
    ['CreateApiRequest', { ...api, name: 'x'.repeat(129) }, '"name" has 129 characters; expected at most 128.'],
    [
      'CreateApiRequest',
      { ...api, ipAddressType: 'ipv6' },
      '"ipAddressType" is "ipv6"; expected one of dualstack, ipv4.',
    ],
    [
      'CreateApiRequest',
      { ...api, disableSchemaValidation: 'no' },
      '"disableSchemaValidation" is "no"; expected true or false.',
    ],
    ['CreateApiRequest', { ...api, tags: ['a'] }, '"tags" is ["a"]; expected an object.'],
    ['CreateApiRequest', { ...api, tags: { a: null } }, '"tags["a"]" is null; expected a string.'],
    [
      'CreateApiRequest',
      { ...api, corsConfiguration: { allowHeaders: [1] } },
      '"corsConfiguration.allowHeaders[0]" is 1; expected a string.',
    ],
    ['CreateApiRequest', { ...api, tags: { 'AWS:a': '' } }, '"tags key" is "AWS:a"; expected a match of ^(?!aws:).'],
    [
      'TagResourceRequest',
      { resourceArn: 'arn', tags: { ['x'.repeat(129)]: '' } },
      '"tags key" has 129 characters; expected at most 128.',
    ],
    [
      'CreateApiRequest',
      { ...api, tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, ''])) },
      '"tags" has 51 entries; expected at most 50.',
    ],
    [
      'CreateIntegrationRequest',
      {
        ...integration,
        responseParameters: { 200: Object.fromEntries(Array.from({ length: 301 }, (_, i) => [i, ''])) },
      },
      '"responseParameters["200"]" has 301 entries; expected at most 300.',
    ],
    [
      'CreateApiRequest',
      { ...api, corsConfiguration: { allowOrigins: Array.from({ length: 301 }, () => '*') } },
      '"corsConfiguration.allowOrigins" has 301 entries; expected at most 300.',
    ],
    [
      'CreateStageRequest',
      { ...stage, stageVariables: { ['x'.repeat(1025)]: 'a' } },
      '"stageVariables key" has 1025 characters; expected at most 1024.',
    ],
    [
      'CreateIntegrationRequest',
      { ...integration, timeoutInMillis: 49 },
      '"timeoutInMillis" is 49; expected a whole number from 50 to 30000.',
    ],
    [
      'CreateIntegrationRequest',
      { ...integration, timeoutInMillis: Number('1e999') },
      '"timeoutInMillis" is Infinity; expected a whole number from 50 to 30000.',
    ],
    [
      'CreateIntegrationRequest',
      { ...integration, timeoutInMillis: 50.5 },
      '"timeoutInMillis" is 50.5; expected a whole number from 50 to 30000.',
    ],
    [
      'CreateStageRequest',
      { ...stage, routeSettings: { join: { throttlingBurstLimit: -1 } } },
      '"routeSettings["join"].throttlingBurstLimit" is -1; expected a whole number from 0 to 2147483647.',
    ],
    [
      'CreateStageRequest',
      { ...stage, stageName: 'a b' },
      '"stageName" is "a b"; expected a match of ^(\\$default|[A-Za-z0-9_-]{1,128})$.',
    ],
    [
      'CreateApiRequest',
      { ...api, description: { text: 'x'.repeat(200) } },
      `"description" is {"text":"${'x'.repeat(91)}…; expected a string.`,
    ],
  ])('refuses a %s: %j', (structure, value, message) => {
    expect(() => validateStructure(structure, value, 'wire-names')).toThrow(
      new ServiceError('BadRequestException', message),
    );
  });

  it('names members in the dialect of the caller', () => {
    const request = { ApiId: 'a', RouteKey: 'join', RequestParameters: { 'route.request.header.X': { Required: 1 } } };
    const value = toWireNames('CreateRouteRequest', request, 'member-names');
    expect(() => validateStructure('CreateRouteRequest', value, 'member-names')).toThrow(
      '"RequestParameters["route.request.header.X"].Required" is 1; expected true or false.',
    );
  });
});
