import { describe, expect, it } from 'vitest';
import { toText } from './java-text.ts';
import { parseJsonQuery, queryJson } from './json-query.ts';
import { readJson } from './json-value.ts';
import type { Rendering } from './rendering.ts';

const rendering: Rendering = {
  variables: new Map(),
  nullVariables: new Set(),
  macros: new Map(),
  frame: undefined,
  output: '',
  position: 0,
  steps: 0,
  depth: 0,
  regexMilliseconds: 0,
  renderBlock: () => undefined,
};

const root =
  readJson(
    '{"a":{"b":[{"c":1},{"c":2},{"d":3}],"x y":4,"constructor":5},"list":[0,1,2,3],"named":[{"name":"a||b","tags":[true]},{"name":"c","tags":[]}],"é":6,"_u-v":7}',
  ) ?? null;

function query(path: string): string | null | undefined {
  const parsed = parseJsonQuery(path);
  if (parsed.kind === 'invalid') return 'invalid';
  const found = queryJson(root, parsed.steps, () => undefined);
  return found === undefined ? undefined : toText(rendering, found);
}

describe('a JSONPath', () => {
  it.each([
    ['$.a.b[0].c', '1'],
    ['a.b[1].c', '2'],
    ["$['a']['x y']", '4'],
    ['$["a"].b[-1]', '{d=3}'],
    ["$.a['x y','constructor']", '[4, 5]'],
    ['$.list[1,3]', '[1, 3]'],
    ['$.list[1:3]', '[1, 2]'],
    ['$.list[-2:]', '[2, 3]'],
    ['$.list[:1]', '[0]'],
    ['$.list[*]', '[0, 1, 2, 3]'],
    ['$.list.*', '[0, 1, 2, 3]'],
    ['$..c', '[1, 2]'],
    ['$.a..[0]', '[{c=1}]'],
    ['$.list.length()', '4'],
    ['$.é', '6'],
    ['$._u-v', '7'],
    ['$.a.b[?(@.c)]', '[{c=1}, {c=2}]'],
    ['$.a.b[?(!@.c)]', '[{d=3}]'],
    ['$.a.b[?(@.c > 1)].c', '[2]'],
    ["$.a.b[?(@.c == 1 || @['d'] >= 3)]", '[{c=1}, {d=3}]'],
    ['$.list[?(@ != 2 && @ < 3)]', '[0, 1]'],
    ["$.named[?(@.name == 'a||b')].name", '[a||b]'],
    ["$.named[?(@.name < 'b' && @.tags[0] == true)].name", '[a||b]'],
    ["$.a[?(@['x y'] == 4)]['x y']", '[4]'],
    ['$.missing', undefined],
    ['$.a.toString', undefined],
    ['$.list.length', undefined],
    ['$.list[9]', undefined],
    ['$.missing[*]', '[]'],
  ])('"%s" leads to %j', (path, text) => {
    expect(query(path)).toBe(text);
  });

  it.each([
    ['$.a['],
    ['$.a[?(@.b =~ /x/)]'],
    ['$.a[?(@.b == @.c)]'],
    ['$.a.'],
    ['$.list.max()'],
    ['$ .a'],
    [`$${'.a'.repeat(65)}`],
  ])('"%s" is not taken', (path) => {
    expect(query(path)).toBe('invalid');
  });
});
