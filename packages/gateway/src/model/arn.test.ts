// biome-ignore-all lint/suspicious/noTemplateCurlyInString: stage variables are written so.
import { describe, expect, it } from 'vitest';
import { isCertificateArn, isPrivateBackEndArn, isRoleArn, parseArn, parseFunctionArn, partitionOf } from './arn.ts';

describe('an ARN', () => {
  it('is taken apart', () => {
    expect(parseArn('arn:aws-cn:lambda:cn-north-1:123456789012:function:f:live')).toEqual({
      partition: 'aws-cn',
      service: 'lambda',
      region: 'cn-north-1',
      account: '123456789012',
      resource: 'function:f:live',
    });
  });

  it.each([
    '',
    'arn:aws:iam',
    'arn:aws:iam::123456789012:',
    'arn::iam::123456789012:role/r',
    'arn:amazon:iam::123456789012:role/r',
    'arn:aws:sqs:US EAST:123456789012:q',
    'arn:aws:sqs:us-east-1:123456789012:q\n',
    'arn:aws:sqs:us-east-1:123456789012:${stageVariables.q',
    'urn:aws:sqs:us-east-1:123456789012:q',
  ])('is not "%s"', (text) => {
    expect(parseArn(text)).toBeUndefined();
  });
});

describe('a region', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('%s is in the partition %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});

describe('the ARN of a role', () => {
  it.each([
    'arn:aws:iam::123456789012:role/r',
    'arn:aws-us-gov:iam::123456789012:role/service-role/My+Role=,.@-1',
    'arn:aws:iam::${stageVariables.account}:role/r',
    'arn:aws:iam::123456789012:role/${stageVariables.role}',
    '${stageVariables.role}',
  ])('may be %s', (text) => {
    expect(isRoleArn(text)).toBe(true);
  });

  it.each([
    'arn:aws:iam::123456789012:role/',
    'arn:aws:iam::123456789012:user/u',
    'arn:aws:iam::12:role/r',
    'arn:aws:iam:us-east-1:123456789012:role/r',
    'arn:aws:iam::*:user/*',
    'arn:aws:iam::123456789012:role/a b',
    'arn:aws:sts::${stageVariables.account}:role/r',
    '${stageVariables.role',
    'role/r',
  ])('is not %s', (text) => {
    expect(isRoleArn(text)).toBe(false);
  });
});

describe('the ARN of a certificate', () => {
  it.each([
    ['arn:aws:acm:us-east-1:123456789012:certificate/1b2c-3d', true],
    ['arn:aws:acm:us-east-1:123456789012:certificate/', false],
    ['arn:aws:acm:us-east-1:123456789012:certificate/a b', false],
    ['arn:aws:acm::123456789012:certificate/a', false],
    ['arn:aws:iam::123456789012:server-certificate/a', false],
    ['arn:aws:acm:us-east-1:123456789012:certificate/${stageVariables.id}', false],
  ])('%s: %s', (text, expected) => {
    expect(isCertificateArn(text)).toBe(expected);
  });
});

describe('the ARN of a private back end', () => {
  it.each([
    ['arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/my-lb/50dc6c495c0c9188/f2f7dc8efc522ab2', true],
    ['arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/${stageVariables.listener}', true],
    ['arn:aws:servicediscovery:us-east-1:123456789012:service/srv-abc', true],
    ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/my-lb/50dc', false],
    ['arn:aws:elasticloadbalancing:x', false],
    ['http://my-lb/', false],
  ])('%s: %s', (text, expected) => {
    expect(isPrivateBackEndArn(text)).toBe(expected);
  });
});

describe('the ARN of a function', () => {
  const prefix = 'arn:aws:lambda:us-east-1:123456789012:function';

  it.each([
    [`${prefix}:f`, { functionName: 'f' }],
    [`${prefix}:f:live`, { functionName: 'f', qualifier: 'live' }],
    [`${prefix}:f:$LATEST`, { functionName: 'f', qualifier: '$LATEST' }],
    [
      `${prefix}:f-\${stageVariables.name}:\${stageVariables.alias}`,
      { functionName: 'f-${stageVariables.name}', qualifier: '${stageVariables.alias}' },
    ],
  ])('%s', (text, expected) => {
    expect(parseFunctionArn(text)).toMatchObject(expected);
  });

  it.each([
    `${prefix}`,
    `${prefix}:`,
    `${prefix}:a/b`,
    `${prefix}:f:`,
    `${prefix}:f:a:b`,
    'f',
    'arn:aws:lambda:us-east-1:1:function:f',
  ])('is not %s', (text) => {
    expect(parseFunctionArn(text)).toBeUndefined();
  });

  it('is told from others without delay, however long it is', () => {
    expect(parseFunctionArn(`${prefix}:${'a'.repeat(2000)}!`)).toBeUndefined();
  });
});
