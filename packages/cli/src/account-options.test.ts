import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { accountOptions } from './account-options.ts';

function parse(args: readonly string[]): unknown {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of accountOptions()) command.addOption(option);
  return command.parse([...args], { from: 'user' }).opts();
}

describe('the options of an account', () => {
  it('have defaults', () => {
    expect(parse([])).toEqual({
      region: 'us-east-1',
      account: '123456789012',
      loggingRole: true,
      limits: 'none',
      quota: {},
    });
  });

  it('say what the gateway stands for', () => {
    const account = ['--region', 'us-gov-west-1', '--account', '210987654321', '--no-logging-role'];
    expect(parse([...account, '--limits', 'aws', '--quota', 'routes=500', '--quota', 'stages=1'])).toEqual({
      region: 'us-gov-west-1',
      account: '210987654321',
      loggingRole: false,
      limits: 'aws',
      quota: { routes: 500, stages: 1 },
    });
  });

  it.each([
    ['--region', '../x', 'It must be the name of a region, as eu-west-1.'],
    ['--account', '12', 'It must have twelve digits.'],
    ['--limits', 'some', 'Allowed choices are none, aws.'],
    ['--quota', 'rooms=1', 'It must be one of routes, integrations, stages, authorizers, deployments, models, then'],
    ['--quota', 'routes=many', 'and a whole number.'],
  ])('%s is not %s', (option, value, problem) => {
    expect(() => parse([option, value])).toThrow(problem);
  });
});
