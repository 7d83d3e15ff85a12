import { describe, expect, it } from 'vitest';
import { readServerVariables, refuseAws } from './servers.ts';

describe('refuseAws', () => {
  const aws = 'https://apigateway.us-east-1.amazonaws.com';

  it('refuses a target on AWS that nobody asked for, naming it and the ways out', () => {
    expect(() => refuseAws(['http://127.0.0.1:4610', aws], { aws: false, servers: {} })).toThrow(
      `This run would call AWS at ${aws}. Give --gateway URL to run it against a Gatewright, --server SOURCE=URL for ` +
        'another server, or --aws to call AWS itself. Nothing was sent.',
    );
  });

  it.each([
    ['--aws allows it', [aws], { aws: true, servers: {} }],
    ['--server names it', [aws], { aws: false, servers: { apiGatewayV2: aws } }],
    ['--server names it in other letters', [aws], { aws: false, servers: { apiGatewayV2: aws.toUpperCase() } }],
    ['it is elsewhere', ['http://127.0.0.1:4610'], { aws: false, servers: {} }],
  ])('lets a target pass when %s', (_case, targets, asked) => {
    expect(() => refuseAws(targets, asked)).not.toThrow();
  });
});

describe('readServerVariables', () => {
  it('splits each text at its first equals sign', () => {
    expect(readServerVariables({ server: [], serverVar: ['region=us', 'pets.path=a=b', 'empty='] })).toEqual({
      region: 'us',
      'pets.path': 'a=b',
      empty: '',
    });
    expect(readServerVariables({ server: [] })).toEqual({});
  });

  it('refuses a text without a name', () => {
    const message = '--server-var "=us" must have the form NAME=VALUE.';
    expect(() => readServerVariables({ server: [], serverVar: ['=us'] })).toThrow(message);
  });
});
