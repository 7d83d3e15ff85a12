import { expect, it } from 'vitest';
import { CommandError } from '../command-error.ts';
import { showFailure } from './failure.ts';
import { recordOutput } from './output.contract.ts';

it('shows a refusal in one line, and returns its exit code', () => {
  const output = recordOutput();
  expect(showFailure(output, new CommandError(3, 'The port 4610 is in use.'))).toBe(3);
  expect(output.stderr).toEqual(['error: The port 4610 is in use.\n']);
});

it('says of anything else that it is a fault, with the stack', () => {
  const output = recordOutput();
  expect(showFailure(output, new Error('impossible'))).toBe(1);
  expect(output.stderr[0]).toMatch(/^This is a fault in gatewright; please report it\.\nError: impossible\n +at /);
});

it('gives programs a record of it', () => {
  const output = recordOutput({ json: true });
  showFailure(output, new CommandError(2, 'no'));
  expect(output.stdout).toEqual(['{"kind":"error","exitCode":2,"message":"no"}\n']);
});
