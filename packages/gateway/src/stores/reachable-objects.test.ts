import { describe, expect, it } from 'vitest';
import { findReachableObjects } from './reachable-objects.ts';

const name = (digit: string) => digit.repeat(64);

describe('findReachableObjects', () => {
  it('follows names from heads through objects, each once', () => {
    const objects = new Map([
      [name('a'), `["${name('b')}","${name('b')}"]`],
      [name('b'), `"${name('a')}"`],
      [name('c'), '1'],
    ]);
    const reached = findReachableObjects([`{"routes":{"r":"${name('a')}"}}`], (hash) => objects.get(hash));
    expect(reached).toEqual(new Set([name('a'), name('b')]));
  });

  it('takes only whole quoted names', () => {
    expect(findReachableObjects([`"${name('a')}0"`, `${name('b')}`, '{}'], () => undefined)).toEqual(new Set());
  });
});
