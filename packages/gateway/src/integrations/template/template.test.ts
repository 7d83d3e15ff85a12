import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxTemplateBytes } from './bounds.ts';
import { compileTemplate, type RenderedTemplate, renderTemplate } from './template.ts';
import { makeList, type Value } from './value.ts';

function render(text: string, variables: ReadonlyMap<string, Value> = new Map()): RenderedTemplate {
  const compiled = compileTemplate(text);
  if (compiled.kind === 'invalid') throw new Error(compiled.message);
  return renderTemplate(compiled.template, variables);
}

describe('compileTemplate', () => {
  it.each([
    ['a\n  #if($x)\nb', 2, 3, '"#if" is not closed by an "#end".'],
    ['#foreach($i in $list)$i', 1, 1, '"#foreach" is not closed by an "#end".'],
    ['#if($x)a#else b#else c#end', 1, 16, '"#if" is not closed by an "#end"; "#else" does not belong there.'],
    ['one\r\ntwo #end', 2, 5, '"#end" closes nothing.'],
    ['#set($x)', 1, 8, '"=" is expected after "$x", not ")".'],
    ['#set($x = )', 1, 11, 'An expression is expected, not ")".'],
    ['#set(x = 1)', 1, 6, 'A reference is expected in "#set", not "x".'],
    ['#set($x = 1 -1)', 1, 13, '")" is expected to close "#set(", not "-1)".'],
    ['#set($x = "a)', 1, 11, 'The string is not closed.'],
    ['#set($x = "#if($y)")', 1, 11, 'The string is no template: "#if" is not closed by an "#end".'],
    ['${x', 1, 4, '"}" is expected to close the reference "${x", not the end.'],
    ['$x.get(1 + 1)', 1, 10, '")" is expected to close the parameters of "get", not "+".'],
    ['$x[a]', 1, 4, 'A value is expected as an index, not "a]".'],
    ['#foreach($i)#end', 1, 1, '"#foreach" is expected to be of the form "#foreach($item in $list)".'],
    ['#parse("other.vm")', 1, 1, '"#parse" is not available: a template stands alone.'],
    ['#include("file")', 1, 1, '"#include" is not available: a template stands alone.'],
    ['costs 5$', 1, 8, 'A template cannot end with "$"; a name is expected.'],
    ['\u{1f600}\n$true', 2, 1, '"$true" is a reserved word and no reference.'],
  ])('says what is wrong in %j, and where', (text, line, column, message) => {
    expect(compileTemplate(text)).toEqual({ kind: 'invalid', message, line, column });
  });

  it('refuses a template of more than 300 KB', () => {
    expect(compileTemplate('é'.repeat(maxTemplateBytes / 2)).kind).toBe('compiled');
    expect(compileTemplate(`${'é'.repeat(maxTemplateBytes / 2)}a`)).toMatchObject({
      kind: 'invalid',
      line: 1,
      column: 1,
    });
  });

  it.each([
    ['directives', '#if(true)'.repeat(1000)],
    ['parentheses', `#set($x = ${'('.repeat(10_000)}`],
    ['negations', `#set($x = ${'!'.repeat(10_000)}`],
    ['lists', `#set($x = ${'['.repeat(10_000)}`],
    ['indexes', '$x['.repeat(10_000)],
  ])('refuses endlessly nested %s', (_case, text) => {
    expect(compileTemplate(text)).toMatchObject({ message: expect.stringContaining('nested too deeply') });
  });

  it.each([
    ['$', ''],
    ['$!', ''],
    ['$', '#if(true)#end'],
    ['#', ' '],
    ['\\$', 'x'],
  ])('reads an endless run of %j once', (run, end) => {
    const text = `${run.repeat((maxTemplateBytes - 20) / run.length)}x${end}`;
    expect(compileTemplate(text).kind).toBe('compiled');
  });

  it('always comes to a result, which always renders or fails with a reason', () => {
    const piece = fc.oneof(
      fc.constantFrom('#if(', '#end', '#else', '#set($x = ', ')', '$', '${', '}', '$x', '.a(', '[', ']', '"', "'", '#'),
      fc.constantFrom(
        '#foreach($i in [1..3])',
        '#define($d)',
        '$d',
        '#macro(m $a)',
        '#m(1)',
        '#evaluate($x)',
        '\\',
        '..',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const compiled = compileTemplate(pieces.join(''));
        if (compiled.kind === 'compiled') renderTemplate(compiled.template, new Map([['x', 'y']]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('an expression', () => {
  it('has at most 200 operators in a row', () => {
    expect(compileTemplate(`#set($x = 1${' + 1'.repeat(200)})`).kind).toBe('compiled');
    expect(compileTemplate(`#set($x = 1${' + 1'.repeat(201)})`)).toMatchObject({
      kind: 'invalid',
      message: 'An expression can have at most 200 operators of one kind in a row.',
    });
  });
});

describe('renderTemplate', () => {
  it('visits the first 1000 items of a list', () => {
    expect(render('#foreach($i in [1..1500])#if(!$foreach.hasNext)$i#end#end')).toEqual({
      kind: 'rendered',
      text: '1000',
    });
  });

  const loops = '#foreach($i in [1..1000])'.repeat(4);
  it.each([
    ['takes too long', `${loops}#set($a = 1)${'#end'.repeat(4)}`],
    ['takes too long', '#set($r = [1..2147483647])'],
    ['makes a text of more than', `#set($x = "aaaaaaaaaa")#foreach($i in [1..100])#set($x = "$x$x")#end`],
    [
      'makes a text of more than',
      `#set($x = "aaaaaaaaaa")#foreach($i in [1..100])#set($x = $x.replace("a", "aaaa"))#end`,
    ],
    ['makes a text of more than', `#foreach($i in [1..1000])${'b'.repeat(2000)}#end`],
    ['makes a text of more than', '#set($l = ["abc"])#foreach($i in [1..60])#set($l = [$l, $l])#end$l'],
    ['nested too deeply', '#set($l = [])#set($ok = $l.add($l))$l'],
    ['nested too deeply', "#set($e = '#evaluate($e)')#evaluate($e)"],
    ['calls itself more than 20 times', '#macro(m)#m()#end#m()'],
    ['integers of more than 4096 bits', '#set($n = 9999999999)#foreach($i in [1..100])#set($n = $n * $n)#end'],
    ['The regular expression takes too long', '#set($x = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")$x.matches("(a+)+b")'],
    ['The regular expression is not valid', '#set($x = "a")$x.matches("(")'],
    ['is outside of a text of 1 characters', '#set($x = "a")$x.substring(2)'],
    ['is outside of a list of 1 items', '#set($x = ["a"])$x[1]'],
    ['was changed within the loop', '#set($x = ["a"])#foreach($i in $x)#set($ok = $x.add("b"))#end'],
  ])('fails when a template %s', (reason, text) => {
    expect(render(text)).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) });
  });

  it.each([
    ['text\n  $x.matches("(")', 2, 3],
    ['#if(true)\r\n#foreach($i in [1])\r\n$x.matches("(")#end#end', 3, 1],
    ['#macro(m)\n$x.matches("(")#end\n\n#m()', 2, 1],
    ['\n"\n$x.matches("(")"', 3, 1],
    ['\n#set($y = "\n\n$x.matches(\'(\')")', 2, 1],
    ['\n#set($y = \'\n\n$x.matches("(")\')#evaluate($y)', 4, 18],
  ])('says where %j fails', (text, line, column) => {
    expect(render(text, new Map([['x', 'a']]))).toMatchObject({ kind: 'failed', line, column });
  });

  it.each([
    ['$x.constructor'],
    ['$x.constructor.constructor("return 1")()'],
    ['$m.hasOwnProperty("a")'],
    ['$x["__proto__"]'],
  ])('reaches nothing of JavaScript by %j', (text) => {
    const variables = new Map<string, Value>([['x', makeList(['a'])]]);
    expect(render(text, variables)).toEqual({ kind: 'rendered', text });
  });

  it('keeps what one rendering sets from the next', () => {
    const compiled = compileTemplate('$!x#set($x = 1)$x');
    if (compiled.kind === 'invalid') throw new Error(compiled.message);
    for (let round = 0; round < 2; round += 1) {
      expect(renderTemplate(compiled.template, new Map())).toEqual({ kind: 'rendered', text: '1' });
    }
  });
});
