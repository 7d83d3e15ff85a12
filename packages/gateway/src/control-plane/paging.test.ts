import { describe, expect, it } from 'vitest';
import { idsOfPage, readPage, toPage } from './paging.ts';

const records = { d: 1, b: 1, a: 1, c: 1 };

function read(maxResults: string, nextToken?: string) {
  const page = readPage({ maxResults, ...(nextToken === undefined ? {} : { nextToken }) });
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
    const page = readPage({ nextToken });
    expect(idsOfPage({ a: 1, c: 1 }, page)).toEqual(['c']);
  });

  it.each([
    [{}, { after: '', limit: 25 }],
    [{ maxResults: '1' }, { after: '', limit: 1 }],
    [{ maxResults: '5000' }, { after: '', limit: 500 }],
  ])('are bounded: %j', (input, page) => {
    expect(readPage(input)).toEqual(page);
  });

  it.each([{ maxResults: '0' }, { maxResults: '-1' }, { maxResults: '1.5' }, { maxResults: '' }, { nextToken: '%' }])(
    'are refused for %j',
    (input) => {
      expect(() => readPage(input)).toThrow('; expected ');
    },
  );
});
