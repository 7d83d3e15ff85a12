import { describe, expect, it } from 'vitest';
import { idsOfPage, readPage, toPage } from './paging.ts';

const records = { d: 1, b: 1, a: 1, c: 1 };

function read(maxResults: string, nextToken?: string) {
  const page = readPage('letters', { maxResults, ...(nextToken === undefined ? {} : { nextToken }) });
  return toPage(page, idsOfPage(records, page), (id) => id);
}

describe('pages', () => {
  it('follow one another by token, and the last has none', () => {
    const first = read('3');
    expect(first).toEqual({ items: ['a', 'b', 'c'], nextToken: expect.any(String) });
    expect(read('3', first.nextToken)).toEqual({ items: ['d'] });
  });

  it('end where the list does', () => {
    expect(read('4')).toEqual({ items: ['a', 'b', 'c', 'd'] });
  });

  it('go on after an id that has been deleted meanwhile', () => {
    const { nextToken = '' } = read('2');
    const page = readPage('letters', { nextToken });
    expect(idsOfPage({ a: 1, c: 1 }, page)).toEqual(['c']);
  });

  it.each([
    [{}, 25],
    [{ maxResults: '1' }, 1],
    [{ maxResults: '5000' }, 500],
    [{ nextToken: '' }, 25],
  ])('are bounded: %j', (input, limit) => {
    expect(readPage('letters', input)).toEqual({ list: 'letters', after: '', limit });
  });

  it.each([{ maxResults: '0' }, { maxResults: '-1' }, { maxResults: '1.5' }, { maxResults: '' }, { nextToken: '%' }])(
    'are refused for %j',
    (input) => {
      expect(() => readPage('letters', input)).toThrow('; expected ');
    },
  );

  it('are of one list: a token of another, or one that has been changed, is refused', () => {
    const { nextToken = '' } = read('2');
    expect(readPage('letters', { nextToken }).after).toBe('b');
    expect(() => readPage('digits', { nextToken })).toThrow('earlier page of this list');
    for (let index = 0; index < nextToken.length; index += 1) {
      const changed = nextToken.slice(0, index) + (nextToken[index] === 'A' ? 'B' : 'A') + nextToken.slice(index + 1);
      expect(() => readPage('letters', { nextToken: changed }), changed).toThrow('; expected ');
    }
    for (const changed of [nextToken.slice(1), nextToken.slice(0, -1), `${nextToken}A`, `${nextToken}=`]) {
      expect(() => readPage('letters', { nextToken: changed }), changed).toThrow('; expected ');
    }
  });
});
