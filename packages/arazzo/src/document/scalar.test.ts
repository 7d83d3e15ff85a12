import { describe, expect, it } from 'vitest';
import { resolveScalar } from './scalar.ts';

describe('resolveScalar', () => {
  it.each([
    ['', null],
    ['~', null],
    ['Null', null],
    ['true', true],
    ['FALSE', false],
    ['yes', 'yes'],
    ['NO', 'NO'],
    ['012', 12],
    ['0o17', 15],
    ['0x1F', 31],
    ['-3', -3],
    ['1.0', 1],
    ['1e3', 1000],
    ['.5', 0.5],
    ['.inf', '.inf'],
    ['.nan', '.nan'],
    ['1e999', '1e999'],
    ['2024-01-31', '2024-01-31'],
    ['1.0.1', '1.0.1'],
  ])('reads the plain scalar %j as %j', (text, value) => {
    expect(resolveScalar(text, true, undefined)).toEqual({ kind: 'resolved', value });
  });

  it('leaves quoted scalars text', () => {
    expect(resolveScalar('12', false, undefined)).toEqual({ kind: 'resolved', value: '12' });
  });

  it.each([
    ['!!str', '12', '12'],
    ['!!int', '12', 12],
    ['!<tag:yaml.org,2002:float>', '1.5', 1.5],
    ['!', 'null', 'null'],
  ])('follows the tag %s', (tag, text, value) => {
    expect(resolveScalar(text, true, tag)).toEqual({ kind: 'resolved', value });
  });

  it.each([
    ['!!int', 'x'],
    ['!!binary', 'aGk='],
    ['!own', 'x'],
  ])('refuses the tag %s for %j', (tag, text) => {
    expect(resolveScalar(text, true, tag).kind).toBe('refused');
  });
});
