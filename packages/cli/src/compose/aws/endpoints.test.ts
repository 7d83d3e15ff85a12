import { describe, expect, it } from 'vitest';
import { CommandError } from '../../command-error.ts';
import { createMasker } from '../../output/masker.ts';
import { readAwsEndpoints } from './endpoints.ts';

const nowhere = { HOME: '/nonexistent' };
const keys = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'very-secret',
  AWS_SESSION_TOKEN: 'token-of-it',
};

const read = (endpoint: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  readAwsEndpoints({ endpoint }, { ...nowhere, ...environment }, createMasker());

describe('endpoints of AWS services', () => {
  it.each<[readonly string[], Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    [[], {}, {}],
    [['lambda=http://x:1', 'sqs=aws'], {}, { lambda: 'http://x:1', sqs: 'aws' }],
    [['lambda=http://x/?a=b'], {}, { lambda: 'http://x/?a=b' }],
    [
      [],
      { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_DYNAMODB: 'http://d', AWS_ENDPOINT_URL_LAMBDA: '' },
      { '*': 'http://all', dynamodb: 'http://d' },
    ],
    [
      [],
      { AWS_ENDPOINT_URL_SFN: 'http://s', AWS_ENDPOINT_URL_COGNITO_IDP: 'http://c', AWS_ENDPOINT_URLS: 'no' },
      { states: 'http://s', 'cognito-idp': 'http://c' },
    ],
    [['lambda=http://flag'], { AWS_ENDPOINT_URL_LAMBDA: 'http://environment' }, { lambda: 'http://flag' }],
    [[], { AWS_ENDPOINT_URL: 'http://all', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, {}],
  ])('of %j and %j are %j', async (endpoint, environment, endpoints) => {
    expect(await read(endpoint, environment)).toEqual({ endpoints });
  });

  it.each(['lambda', '=http://x', ''])('need a service: "%s"', async (text) => {
    await expect(read([text])).rejects.toThrow(CommandError);
  });

  it('are signed for with the credentials of the environment, which are concealed', async () => {
    const masker = createMasker();
    const read = readAwsEndpoints({ endpoint: ['lambda=http://x'] }, { ...nowhere, ...keys }, masker);
    expect(await read).toEqual({
      endpoints: { lambda: 'http://x' },
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'very-secret', sessionToken: 'token-of-it' },
    });
    expect(masker.maskText('very-secret and token-of-it')).toBe('*** and ***');
  });

  it('are what credentials are looked for, and for nothing else', async () => {
    expect(await read([], keys)).toEqual({ endpoints: {} });
  });
});
