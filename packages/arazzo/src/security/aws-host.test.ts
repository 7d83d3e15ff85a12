import { expect, it } from 'vitest';
import { isAwsHost, readAwsHost } from './aws-host.ts';

it.each([
  ['https://apigateway.us-east-1.amazonaws.com', { service: 'apigateway', region: 'us-east-1' }],
  ['https://apigateway.cn-north-1.amazonaws.com.cn', { service: 'apigateway', region: 'cn-north-1' }],
  ['https://apigateway.us-gov-west-1.amazonaws.com', { service: 'apigateway', region: 'us-gov-west-1' }],
  ['https://a1b2.execute-api.eu-west-1.amazonaws.com/dev', { service: 'execute-api', region: 'eu-west-1' }],
  ['https://apigateway-fips.us-east-2.amazonaws.com', { service: 'apigateway', region: 'us-east-2' }],
  ['https://apigateway.us-east-1.api.aws', { service: 'apigateway', region: 'us-east-1' }],
  ['https://apigateway.us-east-1.amazonaws.com.', { service: 'apigateway', region: 'us-east-1' }],
  ['https://iam.amazonaws.com', { service: 'iam', region: 'us-east-1' }],
  ['https://AMAZONAWS.COM', undefined],
  ['https://apigateway.us-east-1.amazonaws.com.example', undefined],
  ['https://notamazonaws.com', undefined],
  ['no URL', undefined],
])('%s is the host of %o', (url, expected) => {
  expect(readAwsHost(url)).toEqual(expected);
  expect(isAwsHost(url)).toBe(expected !== undefined || url.endsWith('.COM'));
});
