import { expect, it } from 'vitest';
import { resolveAwsUri } from './uri.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:chat';

it.each([
  ['the function', 'chat'],
  ['a part of its name', `\${stageVariables.name}`],
])('finds the function that stage variables lead to: %s', (_case, name) => {
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn.replace('chat', name)}:live/invocations`;
  expect(resolveAwsUri(uri, { name: 'chat' })).toEqual({
    kind: 'function',
    region: 'us-east-1',
    arn: expect.objectContaining({ account: '123456789012', functionName: 'chat', qualifier: 'live' }),
  });
});

it('finds the service and its host', () => {
  const uri = `arn:aws:apigateway:\${stageVariables.region}:\${stageVariables.id}.execute-api:path/\${stageVariables.id}`;
  expect(resolveAwsUri(uri, { region: 'eu-west-1', id: 'a1' })).toEqual({
    kind: 'service',
    partition: 'aws',
    region: 'eu-west-1',
    service: 'execute-api',
    subdomain: 'a1',
    api: 'path',
    serviceApi: 'a1',
  });
});

it.each<[string, Record<string, string>, string]>([
  ['', {}, 'The integration URI "" is not valid: '],
  [`arn:aws:apigateway:\${stageVariables.region}:sqs:path/q`, { region: 'evil.test/' }, 'is not valid: arn:'],
  [`arn:aws:apigateway:eu-west-1:\${stageVariables.s}:path/q`, { s: 'evil.test/x' }, 'is not valid: arn:'],
  [
    `arn:aws:apigateway:eu-west-1:\${stageVariables.s}:path/q`,
    { s: `evil.test/\${stageVariables.s}` },
    'a value without stage variables for every stage variable is expected.',
  ],
])('finds nothing where no URI comes out: %s with %j', (uri, variables, message) => {
  expect(resolveAwsUri(uri, variables)).toEqual({ kind: 'invalid', message: expect.stringContaining(message) });
});
