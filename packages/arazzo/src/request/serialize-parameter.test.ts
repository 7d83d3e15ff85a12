import { describe, expect, it } from 'vitest';
import { encodeForPath, encodeForQuery } from './percent-encode.ts';
import { serializeHeaderValue, serializePairs, serializePathValue } from './serialize-parameter.ts';

/** The values of the table in OpenAPI 3.1 §Style Examples. */
const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };

describe('parameters', () => {
  it.each([
    ['matrix', false, ';color', ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
    ['matrix', true, ';color', ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
    ['label', false, '.', '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
    ['label', true, '.', '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
    ['simple', false, '', 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['simple', true, '', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ])('are written in a path as the style examples are: %s, explode %s', (style, explode, ...expected) => {
    const values = ['', 'blue', array, object];
    expect(values.map((value) => serializePathValue('color', value, { style, explode }))).toEqual(expected);
  });

  it.each([
    ['form', false, 'color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
    ['form', true, 'color=', 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
    [
      ...(['spaceDelimited', false, 'color=', 'color=blue'] as const),
      ...(['color=blue%20black%20brown', 'color=R%20100%20G%20200%20B%20150'] as const),
    ],
    [
      ...(['pipeDelimited', false, 'color=', 'color=blue'] as const),
      ...(['color=blue%7Cblack%7Cbrown', 'color=R%7C100%7CG%7C200%7CB%7C150'] as const),
    ],
    [
      ...(['deepObject', true, 'color=', 'color=blue', 'color=blue&color=black&color=brown'] as const),
      'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
    ],
  ])('are written in a query as the style examples are: %s, explode %s', (style, explode, ...expected) => {
    const values = ['', 'blue', array, object];
    expect(values.map((value) => serializePairs('color', value, { style, explode }).join('&'))).toEqual(expected);
  });

  it.each([
    ['a/b ?#%', 'a%2Fb%20%3F%23%25'],
    ["!'()*~", '%21%27%28%29%2A~'],
    ['é😀', '%C3%A9%F0%9F%98%80'],
    ['\ud800', '%EF%BF%BD'],
    [7, '7'],
    [true, 'true'],
    [['a,b', 'c'], 'a%2Cb,c'],
    [[], ''],
    [null, ''],
    [[1, null, 2], '1,2'],
  ])('are encoded in a path: %j', (value, text) => {
    expect(serializePathValue('x', value)).toBe(text);
  });

  it('give no text for an empty list or object in the styles label and matrix', () => {
    const texts = ['label', 'matrix'].flatMap((style) => [
      serializePathValue('color', [], { style }),
      serializePathValue('color', {}, { style, explode: true }),
    ]);
    expect(texts).toEqual(['', '', '', '']);
  });

  it.each([
    ['a b', {}, ['co%20lor=a%20b']],
    [null, {}, []],
    [[null], {}, []],
    [[1, null, 2], {}, ['co%20lor=1', 'co%20lor=2']],
    [[1, null, 2], { explode: false }, ['co%20lor=1,2']],
    [{ a: null, b: 1 }, {}, ['b=1']],
    [{ a: null, b: [null, 1] }, { style: 'deepObject' }, ['co%20lor%5Bb%5D=1']],
    [null, { style: 'cookie' }, []],
    [[], {}, []],
    [{}, { explode: false }, []],
    [[{ a: 1 }], {}, ['co%20lor=%7B%22a%22%3A1%7D']],
    ['a b=c', { style: 'cookie' }, ['co lor=a b=c']],
    [{ a: { b: ['x', 'y z'] } }, { style: 'deepObject' }, ['co%20lor%5Ba%5D%5Bb%5D=x', 'co%20lor%5Ba%5D%5Bb%5D=y%20z']],
    ['/a?b&c#d[%2F]%', { encode: encodeForQuery }, ['co%20lor=/a?b&c%23d%5B%2F%5D%25']],
  ])('are encoded in a query: %j %j', (value, expansion, pairs) => {
    expect(serializePairs('co lor', value, expansion)).toEqual(pairs);
  });

  it('keep reserved characters in a path, except those that end the segment', () => {
    expect(serializePathValue('x', 'a:b@c/d?e%20f', { encode: encodeForPath })).toBe('a:b@c%2Fd%3Fe%20f');
  });

  it('write members of objects nested without end as JSON', () => {
    let value: unknown = 'x';
    for (let depth = 0; depth < 40; depth += 1) value = { a: value };
    expect(serializePairs('o', value, { style: 'deepObject' })[0]).toMatch(/^o(?:%5Ba%5D){16}=%7B/);
  });

  it.each([
    ['a b', {}, 'a b'],
    [array, {}, 'blue,black,brown'],
    [object, { explode: true }, 'R=100,G=200,B=150'],
    [array, { style: 'pipeDelimited' }, 'blue|black|brown'],
    [null, {}, undefined],
    [[], {}, undefined],
    [[null, 'a'], {}, 'a'],
    ['', {}, ''],
  ])('are not encoded in a header: %j %j', (value, expansion, text) => {
    expect(serializeHeaderValue(value, expansion)).toBe(text);
  });
});
