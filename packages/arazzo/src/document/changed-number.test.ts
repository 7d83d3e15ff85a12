import { expect, it } from 'vitest';
import { findChangedNumber, isChanged } from './changed-number.ts';

it.each([
  ['{"a": [9007199254740993]}', '9007199254740993', 9007199254740992],
  ['{"a": 1, "b": {"c": -9007199254740993}}', '-9007199254740993', -9007199254740992],
  ['[9007199254740992, 1234567890123456789]', '1234567890123456789', 1234567890123456800],
  ['12345678901234567890123', '12345678901234567890123', 1.2345678901234568e22],
])('tells of %s that %s is held as another number', (text, written, held) => {
  expect(findChangedNumber(JSON.parse(text), () => text)).toEqual({ written, held });
});

it.each([
  '{"a": 9007199254740992}',
  '[9007199254740991, -9007199254740991]',
  '{"a": "9007199254740993"}',
  '[9007199254740992, "9007199254740993"]',
  '[1e300, 1.5, 9007199254740993.5, 0.9007199254740993]',
  '{"__proto__": null}',
])('tells nothing of %s', (text) => {
  expect(findChangedNumber(JSON.parse(text), () => text)).toBeUndefined();
});

it.each([
  ['9007199254740993', true],
  ['+9007199254740993', true],
  ['9'.repeat(400), true],
  ['9007199254740994', false],
  ['0x20000000000001', false],
  ['9007199254740993.0', false],
  ['twelve', false],
])('%s is changed: %s', (written, changed) => {
  expect(isChanged(written)).toBe(changed);
});
