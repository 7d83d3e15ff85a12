import { describe, expect, it } from 'vitest';
import { lookUp, mergeMap, without, withValues } from './members.ts';

describe('withValues', () => {
  it('keeps what has a value, and only empty strings have none', () => {
    const members = { name: 'chat', description: '', version: undefined, disabled: false, count: 0, tags: {} };
    expect(withValues(members)).toEqual({ name: 'chat', disabled: false, count: 0, tags: {} });
  });
});

describe('mergeMap', () => {
  it.each([
    [
      { a: '1', b: '2' },
      { b: '3', c: '4' },
      { a: '1', b: '3', c: '4' },
    ],
    [{ a: '1', b: '2' }, { a: '' }, { b: '2' }],
    [{ a: '1' }, {}, { a: '1' }],
    [{ a: '1' }, undefined, { a: '1' }],
    [undefined, { a: '1' }, { a: '1' }],
    [undefined, undefined, undefined],
  ])('merges %j and %j', (current, update, merged) => {
    expect(mergeMap<string>(current, update)).toEqual(merged);
  });
});

describe('records under names from outside', () => {
  const records: Readonly<Record<string, string>> = JSON.parse('{"__proto__":"own","a":"b"}');

  it('are found when they are their own', () => {
    expect([lookUp(records, '__proto__'), lookUp(records, 'a'), lookUp(records, 'constructor')]).toEqual([
      'own',
      'b',
      undefined,
    ]);
  });

  it('are removed one at a time', () => {
    expect(JSON.stringify(without(records, '__proto__'))).toBe('{"a":"b"}');
    expect(JSON.stringify(without(records, 'a'))).toBe('{"__proto__":"own"}');
  });
});
