import { describe, expect, it } from 'vitest';
import { serializeForm, serializeHeaderValue, serializePathValue } from './serialize-parameter.ts';

/** Values of the table in OpenAPI 3.1 §Style Examples. */
const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200 };

describe('parameters', () => {
  it.each([
    ['a/b ?#%', false, 'a%2Fb%20%3F%23%25'],
    ["!'()*~", false, '%21%27%28%29%2A~'],
    ['é😀', false, '%C3%A9%F0%9F%98%80'],
    ['\ud800', false, '%EF%BF%BD'],
    [7, false, '7'],
    [true, false, 'true'],
    [array, false, 'blue,black,brown'],
    [object, false, 'R,100,G,200'],
    [object, true, 'R=100,G=200'],
  ])('writes %j in a path (explode %s)', (value, explode, text) => {
    expect(serializePathValue(value, explode)).toBe(text);
  });

  it.each([
    ['a b', true, ['color=a%20b']],
    [null, true, ['color=null']],
    [array, true, ['color=blue', 'color=black', 'color=brown']],
    [array, false, ['color=blue,black,brown']],
    [object, true, ['R=100', 'G=200']],
    [object, false, ['color=R,100,G,200']],
    [[], true, []],
    [{}, false, []],
    [[{ a: 1 }], true, ['color=%7B%22a%22%3A1%7D']],
  ])('writes %j in a query (explode %s)', (value, explode, pairs) => {
    expect(serializeForm('color', value, explode)).toEqual(pairs);
  });

  it('leaves header values unencoded', () => {
    expect([serializeHeaderValue('a b', false), serializeHeaderValue(array, false)]).toEqual([
      'a b',
      'blue,black,brown',
    ]);
  });
});
