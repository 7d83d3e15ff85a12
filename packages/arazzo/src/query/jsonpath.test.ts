import { describe, expect, it } from 'vitest';
import { compileJsonPath } from './jsonpath.ts';
import { type Query, QueryError } from './query.ts';

const draft = 'draft-goessner-dispatch-jsonpath-00';

function compile(text: string, version = 'rfc9535'): Query {
  const result = compileJsonPath(text, version);
  if (result.kind !== 'compiled') throw new Error(result.message);
  return result.query;
}

const pets = { pets: [{ name: 'Rex', age: 3 }, { name: 'Tom' }], total: 2, none: null };

describe('JSONPath', () => {
  it.each([
    ['$.pets[*]', pets, true],
    ['$.pets[?@.age > 2]', pets, true],
    ['$.pets[?@.age > 3]', pets, false],
    ['$[?count(@.pets) > 0]', pets, false],
    ['$[?count(@.pets) > 0]', [pets], true],
    ['$.none', pets, true],
    ['$', 0, true],
    ['$', null, false],
    ['$', undefined, false],
    ['$.constructor', {}, false],
    ['$.__proto__', {}, false],
    ['$.length', [1], false],
    ['$.x', 'text', false],
  ])('%s on %j passes: %j', (text, context, passes) => {
    expect(compile(text).test(context)).toBe(passes);
  });

  it.each([
    ['$.total', 2],
    ['$.pets[1].name', 'Tom'],
    ['$.pets[-1].name', 'Tom'],
    ['$.nothing', undefined],
    ['$.pets[*].name', ['Rex', 'Tom']],
    ['$.pets[?@.age].name', ['Rex']],
    ['$.pets[?@.age > 9].name', []],
  ])('%s selects %j', (text, selected) => {
    expect(compile(text).select(pets)).toEqual(selected);
  });

  it.each([
    ['$.total', { ...pets, total: 'x' }],
    ['$.pets[*].age', { ...pets, pets: [{ name: 'Rex', age: 'x' }, { name: 'Tom' }] }],
    ['$', 'x'],
  ])('%s is replaced in a copy', (text, replaced) => {
    expect(compile(text).replace(pets, 'x')).toEqual(replaced);
    expect(pets.total).toBe(2);
  });

  it('replaces nothing that is not there', () => {
    expect(() => compile('$.pets[5]').replace({ pets: [] }, 1)).toThrow(
      new QueryError('it finds nothing in the payload {"pets":[]}'),
    );
  });

  it.each([
    ['$.pets[(@.length-1)].name', 'Tom'],
    ['$.pets[( @.length - 2 )].name', 'Rex'],
    ["$['[(@.length-1)]']", undefined],
    ['$.pets[?(@.age > 2)].name', ['Rex']],
  ])("by Goessner's draft %s selects %j", (text, selected) => {
    expect(compile(text, draft).select(pets)).toEqual(selected);
  });

  it("refuses what only Goessner's draft has", () => {
    expect(compileJsonPath('$.pets[?(@.name =~ /R.*/)]', draft)).toEqual({
      kind: 'unsupported',
      message: `"$.pets[?(@.name =~ /R.*/)]" is no JSONPath that is carried out: of ${draft} that is what RFC 9535 has too, and "[(@.length-n)]".`,
    });
  });

  it.each(['', 'pets', '$.pets[', '$.a == "x"', '$[?count(@)]', '$[?length(@.a)]'])('refuses %j', (text) => {
    expect(compileJsonPath(text, 'rfc9535').kind).toBe('invalid');
  });

  it('says what to write for "=" in a filter', () => {
    const result = compileJsonPath('$[?@.a = 1]', 'rfc9535');
    expect(result.kind === 'invalid' && result.message).toContain('"=" is no operator of JSONPath; "==" compares.');
  });

  it('descends as deep as values from outside may be', () => {
    const deep = JSON.parse(`${'['.repeat(511)}{"x":1}${']'.repeat(511)}`);
    const result = compileJsonPath('$..x', 'rfc9535');
    expect(result.kind === 'compiled' && result.query.select({ a: { b: deep } })).toEqual([1]);
  });

  it('stops a match that backtracks', () => {
    const query = compile('$[?match(@, "(a|aa)+b|(a+)+c")]');
    expect(() => query.test([`${'a'.repeat(80)}!`])).toThrow(new QueryError('its evaluation took longer than 2000 ms'));
  });
});
