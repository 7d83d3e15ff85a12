import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonTree } from './parse-json-tree.ts';
import { parseTree } from './parse-tree.ts';
import { readJson } from './read-json.ts';

const limits = { depth: 100, values: 1000 };

/** A comment before it leaves the text to the reader of YAML. */
async function readAsYaml(text: string): Promise<unknown> {
  const result = await parseTree(`# YAML\n${text}`);
  return result.kind === 'parsed' ? moveBack(result.tree()) : undefined;
}

/** The tree with every offset as it is without the comment. */
function moveBack(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, member) =>
      (key === 'start' || key === 'end') && typeof member === 'number' ? member - 7 : member,
    ),
  );
}

describe('the reader of JSON', () => {
  it.each([
    '{}',
    '[]',
    ' { "a" : [1, "x\\ny" , {}, [], null ] , "b":{"c": -1.5e3 , "":true} }\n',
    '[0, -0.5, 1E3, 12345678901234567890, "\\u00e9\\ud83d\\ude00\\/", false, [[]], "é"]',
    '\t{\r\n"a/b~c":{"d":"e"}}',
  ])('makes of %j what the reader of YAML makes', async (text) => {
    const tree = parseJsonTree(text);
    expect(tree).toEqual(await readAsYaml(text));
    expect(readJson(text, limits)).toEqual({ value: tree.value });
  });

  it('makes of every JSON what the reader of YAML makes, or leaves it to that', async () => {
    const json = fc.tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2, '\t'));
    await fc.assert(
      fc.asyncProperty(json, async ([value, indent]) => {
        const text = JSON.stringify({ value }, null, indent);
        const read = readJson(text, limits);
        if (read === undefined) return;
        const tree = parseJsonTree(text);
        expect(tree.value).toEqual(read.value);
        if (!/[^ -~\s]|\\/.test(text)) expect(JSON.parse(JSON.stringify(tree))).toEqual(await readAsYaml(text));
      }),
    );
  });

  it.each([
    ['another language', 'a: 1'],
    ['a value alone', '"a"'],
    ['nothing', ''],
    ['a comment', '{"a": 1} # one'],
    ['more than one value', '{} {}'],
    ['a comma too many', '[1,]'],
    ['a comma too few', '[1 2]'],
    ['an object without a colon', '{"a" 1}'],
    ['a key that is no string', '{a: 1}'],
    ['a key that is given twice', '{"a": 1, "\\u0061": 2}'],
    ['a word', '{"a": yes}'],
    ['a number with a leading zero', '[01]'],
    ['a number that none can hold', '[1e999]'],
    ['a number with more after it', '[1.2.3]'],
    ['a line break in a string', '["a\nb"]'],
    ['an escape that JSON does not have', '["\\x41"]'],
    ['a string without an end', '["a'],
    ['a string that ends with an escape', '["a\\'],
    ['an object without an end', '{"a": 1'],
    ['more levels than allowed', '['.repeat(100) + ']'.repeat(100)],
    ['more values than allowed', JSON.stringify(Array.from({ length: 1000 }, () => 0))],
  ])('leaves %s to the reader of YAML', (_case, text) => {
    expect(readJson(text, limits)).toBeUndefined();
  });

  it('knows members by their own names alone', () => {
    const text = '{"constructor": 1, "toString": 2, "__proto__": {"a": 3}}';
    expect([readJson(text, limits)?.value, parseJsonTree(text).value]).toEqual([JSON.parse(text), JSON.parse(text)]);
  });
});
