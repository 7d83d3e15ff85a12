import { describe, expect, it } from 'vitest';
import { isRecord, readJson } from './json.ts';

describe('JSON', () => {
  it.each([
    ['{"a":[1]}', { a: [1] }],
    ['null', null],
    ['{"a":', undefined],
    ['', undefined],
  ])('%s is read as %j', (text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  it.each([
    [{}, true],
    [Object.create(null), true],
    [[], false],
    [null, false],
    ['{}', false],
  ])('whether %j is an object: %s', (value, expected) => {
    expect(isRecord(value)).toBe(expected);
  });
});
