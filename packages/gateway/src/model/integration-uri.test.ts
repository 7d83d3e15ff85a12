// biome-ignore-all lint/suspicious/noTemplateCurlyInString: stage variables are written so.
import { describe, expect, it } from 'vitest';
import { type AwsIntegrationUri, functionUriForm, parseAwsIntegrationUri } from './integration-uri.ts';

const aws = { partition: 'aws', region: 'us-east-1' };
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:f:live';

describe('the URI of an integration with an AWS service', () => {
  it.each<[string, AwsIntegrationUri]>([
    [
      `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      {
        kind: 'function',
        ...aws,
        functionArn,
        function: {
          partition: 'aws',
          service: 'lambda',
          region: 'eu-west-1',
          account: '123456789012',
          resource: 'function:f:live',
          functionName: 'f',
          qualifier: 'live',
        },
      },
    ],
    [
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${stageVariables.arn}/invocations',
      { kind: 'function', ...aws, functionArn: '${stageVariables.arn}' },
    ],
    [
      'arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue',
      { kind: 'service', ...aws, service: 'sqs', api: 'path', serviceApi: '123456789012/queue' },
    ],
    [
      'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem',
      { kind: 'service', ...aws, service: 'dynamodb', api: 'action', serviceApi: 'PutItem' },
    ],
    [
      'arn:aws-cn:apigateway:${stageVariables.region}:bucket.s3:path/{key}?a=b',
      {
        kind: 'service',
        partition: 'aws-cn',
        region: '${stageVariables.region}',
        subdomain: 'bucket',
        service: 's3',
        api: 'path',
        serviceApi: '{key}?a=b',
      },
    ],
    ['${stageVariables.uri}', { kind: 'unknown' }],
  ])('%s', (text, uri) => {
    expect(parseAwsIntegrationUri(text)).toEqual({ kind: 'uri', uri });
  });

  it.each([
    ['arn:aws:apigateway:us-east-1:lambda:path/whatever', functionUriForm],
    [`arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}`, functionUriForm],
    ['arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations', functionUriForm],
    ['arn:aws:apigateway:us-east-1:lambda:path/2014-11-13/functions/f/invoke-async', functionUriForm],
  ])('is not %s', (text, expected) => {
    expect(parseAwsIntegrationUri(text)).toEqual({ kind: 'invalid', expected });
  });

  it.each([
    ['http://example.com'],
    [functionArn],
    ['arn:aws:apigateway:us-east-1:sqs:queue'],
    ['arn:aws:apigateway:us-east-1:sqs:path/'],
    ['arn:aws:apigateway::sqs:path/q'],
    ['arn:aws:apigateway:us-east-1::path/q'],
    ['arn:aws:apigateway:us-east-1:a.b.sqs:path/q'],
    ['arn:aws:apigateway:us-east-1:sqs:action/a b'],
    ['arn:aws:apigateway:us-east-1:sqs:action/1/2'],
    ['arn:aws:apigateway:us-east-1:sqs:path/${stageVariables.queue'],
    ['arn:aws:apigateway:us-east-1:sqs:path/${other.queue}'],
  ])('is not "%s"', (text) => {
    expect(parseAwsIntegrationUri(text).kind).toBe('invalid');
  });
});
