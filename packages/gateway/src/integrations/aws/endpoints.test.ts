import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../gateway-error.ts';
import { createAwsEndpoints, placeholderCredentials, signingScope } from './endpoints.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const lambda = { partition: 'aws', region: 'eu-west-1', service: 'lambda' };

function find(endpoints: Readonly<Record<string, string>>, service: Parameters<typeof signingScope>[0] = lambda) {
  return createAwsEndpoints({ endpoints, credentials })(service);
}

describe('the endpoint of an AWS service', () => {
  it.each([
    ['http://127.0.0.1:9001', { origin: 'http://127.0.0.1:9001', host: '127.0.0.1:9001', basePath: '' }],
    ['http://localhost:9001/', { origin: 'http://localhost:9001', host: 'localhost:9001', basePath: '' }],
    ['https://proxy.test/a/b//', { origin: 'https://proxy.test', host: 'proxy.test', basePath: '/a/b' }],
  ])('is what it is given: %s', (url, expected) => {
    expect(find({ lambda: url })).toEqual({ kind: 'endpoint', endpoint: { ...expected, isAws: false, credentials } });
  });

  it.each([
    [lambda, 'https://lambda.eu-west-1.amazonaws.com'],
    [{ ...lambda, partition: 'aws-cn', region: 'cn-north-1' }, 'https://lambda.cn-north-1.amazonaws.com.cn'],
    [{ ...lambda, service: 'execute-api', subdomain: 'abc' }, 'https://abc.execute-api.eu-west-1.amazonaws.com'],
    [{ ...lambda, service: 'iam' }, 'https://iam.amazonaws.com'],
  ])('is of AWS where that was asked for: %j', (service, origin) => {
    expect(find({ '*': 'aws' }, service)).toMatchObject({ kind: 'endpoint', endpoint: { origin, isAws: true } });
  });

  it('is that of all services when the service has none of its own', () => {
    const endpoints = { '*': 'http://127.0.0.1:4566', dynamodb: 'http://127.0.0.1:8000' };
    expect(find(endpoints)).toMatchObject({ endpoint: { origin: 'http://127.0.0.1:4566' } });
    expect(find(endpoints, { ...lambda, service: 'dynamodb' })).toMatchObject({
      endpoint: { origin: 'http://127.0.0.1:8000' },
    });
  });

  it('is nowhere by default', () => {
    expect(find({})).toEqual({
      kind: 'refused',
      reason:
        'The AWS service "lambda" has no endpoint, and AWS itself is never called unasked: give the endpoint "lambda" a URL, or "aws" for AWS itself.',
    });
    expect(find({}, { ...lambda, service: 'toString' })).toMatchObject({ kind: 'refused' });
  });

  it('is not guessed in a partition whose hosts are not known', () => {
    expect(find({ lambda: 'aws' }, { ...lambda, partition: 'aws-iso' })).toEqual({
      kind: 'refused',
      reason: 'The hosts of the partition "aws-iso" are not known here: give the endpoint "lambda" a URL.',
    });
  });

  it('is signed for with placeholders where there are no credentials, but never at AWS', () => {
    const endpoints = { lambda: 'http://127.0.0.1:9001', sqs: 'aws', sns: 'https://sns.eu-west-1.amazonaws.com' };
    const findEndpoint = createAwsEndpoints({ endpoints });
    expect(findEndpoint(lambda)).toMatchObject({ endpoint: { credentials: placeholderCredentials } });
    for (const service of ['sqs', 'sns']) {
      expect(findEndpoint({ ...lambda, service })).toEqual({
        kind: 'refused',
        reason: expect.stringContaining('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are expected.'),
      });
    }
  });

  it.each(['127.0.0.1:9001', 'ftp://x', 'AWS', '', 'http://me:secret@x', 'http://x?a=secret', 'http://x#secret'])(
    'is refused at once when it is none: "%s"',
    (text) => {
      const act = (): unknown => find({ lambda: text });
      expect(act).toThrow(GatewayError);
      expect(act).toThrow(/^The endpoint of service "lambda" is not valid: /);
      expect(act).not.toThrow(/secret/);
    },
  );

  it.each([
    ['lambda', { region: 'eu-west-1', service: 'lambda' }],
    ['iam', { region: 'us-east-1', service: 'iam' }],
    ['email', { region: 'eu-west-1', service: 'ses' }],
  ])('of %s is signed for as %j', (service, scope) => {
    expect(signingScope({ ...lambda, service })).toEqual(scope);
  });
});
