import { type RefusalRow, refused } from './refusal.ts';

const url = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: 'https://example.com' };
const lambda = { IntegrationType: 'AWS_PROXY', IntegrationUri: 'arn:aws:lambda:us-east-1:123456789012:function:f' };

function badOfHttpApi(operation: string, members: object, message: string | RegExp): RefusalRow {
  return refused(400, operation, ({ HttpApiId }) => ({ ApiId: HttpApiId, ...members }), message);
}

/** What is asked of an HTTP API, in the words that were observed where they are whole. */
export const badHttpApis: readonly RefusalRow[] = [
  badOfHttpApi(
    'CreateRoute',
    { RouteKey: 'join' },
    'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
  ),
  badOfHttpApi(
    'CreateIntegration',
    { IntegrationType: 'MOCK' },
    'Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)',
  ),
  badOfHttpApi(
    'CreateIntegration',
    { ...lambda, IntegrationMethod: 'GET' },
    'HttpMethod must be POST for AWS_PROXY IntegrationType',
  ),
  badOfHttpApi(
    'CreateIntegration',
    { ...url, ConnectionType: 'VPC_LINK', ConnectionId: 'abcdef' },
    'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
  ),
  badOfHttpApi('CreateIntegration', { ...url, PayloadFormatVersion: '2.0' }, /PayloadFormatVersion is "2\.0"/i),
  badOfHttpApi(
    'CreateStage',
    { StageName: 'logged', DefaultRouteSettings: { LoggingLevel: 'INFO' } },
    'Execution logs are not supported on protocolType HTTP',
  ),
  refused(
    404,
    'CreateStage',
    ({ HttpApiId }) => ({ ApiId: HttpApiId, StageName: 'limited', RouteSettings: { 'GET /none': {} } }),
    'Unable to find Route by key GET /none within the provided RouteSettings',
  ),
];
