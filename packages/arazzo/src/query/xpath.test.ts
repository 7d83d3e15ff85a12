import { describe, expect, it } from 'vitest';
import { type Query, QueryError } from './query.ts';
import { MAX_XML_DEPTH, MAX_XML_LENGTH } from './xml.ts';
import { compileXPath } from './xpath.ts';

function compile(text: string, version = 'xpath-31'): Query {
  const result = compileXPath(text, version);
  if (result.kind !== 'compiled') throw new Error(result.message);
  return result.query;
}

const pets = '<root><pets><pet id="1">Rex</pet><pet id="2">Tom</pet></pets><total>2</total></root>';
const soap =
  '<s:Envelope xmlns:s="urn:soap" xmlns="urn:orders"><s:Body><Order><Id>7</Id></Order></s:Body></s:Envelope>';

describe('XPath', () => {
  it.each([
    ['/root/pets', pets, true],
    ['/root/cats', pets, false],
    ['count(/root/pets/*) > 0', pets, true],
    ['count(/root/pets/*)', pets, true],
    ['count(/root/cats)', pets, false],
    ['string(/root/total)', pets, true],
    ['string(/root/cats)', pets, false],
    ['/root/pets/pet[. = "Rex"]/@id = "1"', pets, true],
    ['some $pet in //pet satisfies $pet/@id = "2"', pets, true],
    ['/s:Envelope/s:Body/Order/Id = 7', soap, true],
    ['//*:Id = 7', soap, true],
  ])('%s on %s passes: %j', (text, context, passes) => {
    expect(compile(text).test(context)).toBe(passes);
  });

  it.each([
    ['/root/total', '2'],
    ['/root/pets/pet/@id', ['1', '2']],
    ['/root/pets', '<pets><pet id="1">Rex</pet><pet id="2">Tom</pet></pets>'],
    ['count(//pet)', 2],
    ['//pet = "Rex"', true],
    ['/root/cats', undefined],
    ['/root/total/text()', '2'],
  ])('%s selects %j', (text, selected) => {
    expect(compile(text).select(pets)).toEqual(selected);
  });

  it('replaces elements, attributes and text, as text', () => {
    const order = '<?xml version="1.0"?>\n<order id="1"><pet>Rex</pet><note>old</note></order>';
    const target = (path: string, value: unknown, payload: unknown) => compile(path).replace(payload, value);
    expect(target('/order/note/text()', 'new', target('/order/@id', 2, target('/order/pet', '<b>&', order)))).toBe(
      '<?xml version="1.0"?>\n<order id="2"><pet>&lt;b&gt;&amp;</pet><note>new</note></order>',
    );
  });

  it.each([
    ['/root/cats', pets, /^it finds nothing in the payload/],
    ['count(/root)', pets, 'it selects a value, not a place in the payload'],
  ])('does not replace %s', (text, payload, message) => {
    expect(() => compile(text).replace(payload, 'x')).toThrow(message);
  });

  it.each([
    [{ a: 1 }, 'it needs XML text and is given {"a":1}'],
    ['{"a":1}', /^"\{.*is no XML: /],
    ['<a><b></a>', /is no XML: .*found end tag/],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'the XML has a document type declaration, which is refused'],
    ['<?xml version="1.0"?>\n<!-- c --> <!DOCTYPE a><a/>', 'the XML has a document type declaration, which is refused'],
    ['<a>'.repeat(600) + '</a>'.repeat(600), `the XML is nested more than ${MAX_XML_DEPTH} deep`],
    [' '.repeat(MAX_XML_LENGTH + 1), /at most 16777216 are read$/],
  ])('is not applied to bad input (%#)', (context, message) => {
    expect(() => compile('/a').test(context)).toThrow(QueryError);
    expect(() => compile('/a').test(context)).toThrow(message);
  });

  it.each(['1 div 0', '5 mod (1 - 1)', 'count(//pet) div count(//cat) > 0', '(2 div (1 div 0)) = 0'])(
    'a division of decimals by zero is an error: %s',
    (text) => {
      expect(() => compile(text).test(pets)).toThrow('FOAR0001: a division by zero');
    },
  );

  it.each([
    ['4 div (2 div 1) = 2', 'xpath-31', true],
    ['sum(//pet/@id) div count(//pet) = 1.5', 'xpath-20', true],
    ['1 div () = 1', 'xpath-31', false],
    ['1 div //total = 0.5', 'xpath-31', true],
    ['1 div 0 > 5', 'xpath-10', true],
  ])('other divisions are as they are: %s in %s', (text, version, passes) => {
    expect(compile(text, version).test(pets)).toBe(passes);
  });

  it('stops an evaluation that takes too long', () => {
    const query = compile('count(for $a in 1 to 100000, $b in 1 to 100000 return $a + $b) > 1');
    expect(() => query.test('<x/>')).toThrow('its evaluation took longer than 2000 ms');
  });

  it.each([
    ['/a[', 'Failed to parse script. Expected end of input at character 3.'],
    ['', 'is no XPath'],
    ['foo(1)', 'Function Q{http://www.w3.org/2005/xpath-functions}foo'],
    ['doc("http://example.test/")', 'not registered'],
    ['$x', 'not in scope'],
  ])('%j is invalid', (text, message) => {
    const result = compileXPath(text, 'xpath-31');
    expect(result).toEqual({ kind: 'invalid', message: expect.stringContaining(message) });
  });

  it.each([
    ['//Id', 'xpath-10', false],
    ['//Id', 'xpath-20', true],
    ['//Id', 'xpath-30', true],
  ])('a name without a prefix: %s in %s', (text, version, passes) => {
    expect(compile(text, version).test(soap)).toBe(passes);
  });

  it.each([
    ['contains(//pet, "Rex")', true],
    ['contains(//pet, "Tom")', false],
    ['string(//pet) = "Rex"', true],
    ['string-length(//pet) = 3', true],
    ['//pet = 2', false],
    ['not(//pet = 2)', true],
    ['//pet/@id = 2', true],
    ['//pet != 2', true],
    ['//pet/@id < //total', true],
    ['//total > //total', false],
    ['(//pet/@id)[2] * 10 + //total = 22', true],
    ['string(1 + //pet) = "NaN"', true],
    ['number(//pet) = number(//pet)', false],
    ['round(//pet/@id) = 1', true],
    ['sum(//pet/@id) = 3', true],
    ['string(sum(//pet)) = "NaN"', true],
    ['starts-with(normalize-space((//pet)), "R")', true],
    ['//pet[@id > 1] = "Tom"', true],
    ['concat(//pet, "-", //total) = "Rex-2"', true],
  ])('%s converts as XPath 1.0 does, and passes: %j', (text, passes) => {
    expect(compile(text, 'xpath-10').test(pets)).toBe(passes);
  });

  it.each([
    ['"1" = 1', 'a comparison of text with a number'],
    ['//a = true()', 'a comparison of nodes with a truth value'],
    ['string(//a) < 2', 'a comparison of text with a number by order'],
    ['//a >= "b"', 'a comparison of nodes with text by order'],
    ['//a[not(b) = 1]', 'a comparison of a truth value with a number'],
    ['1 + "1"', 'a calculation with text'],
    ['-true()', 'a calculation with a truth value'],
    ['contains(12, "1")', 'a number as text in "contains"'],
    ['substring(true(), 1)', 'a truth value as text in "substring"'],
  ])('%s in XPath 1.0 is refused for %s', (text, what) => {
    expect(compileXPath(text, 'xpath-10')).toEqual({
      kind: 'unsupported',
      message: `${JSON.stringify(text)} has ${what}, which XPath 1.0 converts and the engine, one of 3.1, does not; "string()", "number()" or "boolean()" say it.`,
    });
    expect(compileXPath(text, 'xpath-31')).toMatchObject({ kind: expect.not.stringMatching('unsupported') });
  });

  it.each([
    ['xpath-10', 'count(//a[position() = last()]) > 1 and not(b) or contains(string(c), "d") | /e'],
    ['xpath-10', '(/a | /b)/c'],
    ['xpath-20', 'if (some $a in //b satisfies $a eq "c") then upper-case("d") else (1, 2)'],
    ['xpath-20', 'xs:integer("1") to 2'],
    ['xpath-30', 'let $a := 1 return $a || "b"'],
    ['xpath-31', 'map { "a": [1] }?a => array:size()'],
  ])('%s has %s', (version, text) => {
    expect(compileXPath(text, version)).toMatchObject({ kind: expect.not.stringMatching('unsupported') });
  });

  it.each([
    ['xpath-10', 'for $a in //b return $a', '"for"'],
    ['xpath-10', '"a" eq "b"', '"eq"'],
    ['xpath-10', 'upper-case("a")', 'the function "upper-case"'],
    ['xpath-10', '(1, 2)', 'a sequence'],
    ['xpath-10', '//*:a', '"*:a"'],
    ['xpath-20', 'let $a := 1 return $a', '"let"'],
    ['xpath-20', 'math:pi()', 'the function "pi"'],
    ['xpath-20', 'head(//a)', 'the function "head"'],
    ['xpath-20', '/Q{urn:a}b', '"Q{…}b"'],
    ['xpath-30', 'map { "a": 1 }', 'a map'],
    ['xpath-30', 'sort((2, 1))', 'the function "sort"'],
    ['xpath-30', '//a => count()', 'an arrow "=>"'],
  ])('%s has not %s', (version, text, what) => {
    const name = `XPath ${version.slice(-2, -1)}.${version.slice(-1)}`;
    expect(compileXPath(text, version)).toEqual({
      kind: 'unsupported',
      message: `${JSON.stringify(text)} has ${what}, which ${name} does not have.`,
    });
  });
});
