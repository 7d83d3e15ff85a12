import { describe, expect, it } from 'vitest';
import type { Scope } from '../expression/scope.ts';
import { compileSimple } from './simple.ts';

const scope: Scope = {
  inputs: { n: 5, text: 'Straße', flag: true },
  steps: new Map([
    [
      's',
      new Map<string, unknown>([
        ['list', ['a', 'b']],
        ['x-y', 1],
      ]),
    ],
  ]),
  workflows: new Map(),
  sources: new Map(),
  exchange: {
    url: 'http://x.test/',
    method: 'POST',
    request: { headers: new Map(), query: new Map(), path: new Map(), body: undefined },
    response: {
      status: 201,
      headers: { 'x-a': ['7'], 'content-type': ['application/json'] },
      body: { items: [{ id: 3, name: "O'Neil" }], empty: [], nothing: null, count: '10', ok: 'TRUE', a: 1 },
    },
  },
};

function test(condition: string) {
  const result = compileSimple(condition);
  return result.kind === 'compiled' ? result.criterion.test(scope) : result;
}

describe('a simple condition', () => {
  it.each([
    ...[
      '$statusCode == 201',
      '$statusCode==201',
      "$statusCode == '201'",
      '201 == $statusCode',
      '$statusCode >= 2.01e2',
    ],
    ...['$statusCode != 404', '$statusCode < 300 && $statusCode >= 200', '$statusCode == 500 || $statusCode == 201'],
    ...['!($statusCode == 500)', '!!$inputs.flag', '$inputs.flag', '$inputs.flag == true', 'true', '!false', '!null'],
    ...['{$statusCode == 201}', '{$statusCode} == 201', '($statusCode == 201)', '(($statusCode) == (201))'],
    ...["$method == 'post'", '$method == "POST"', "$inputs.text == 'STRASSE' || $inputs.text == 'straße'"],
    ...[
      "$response.body#/items/0/name == 'o''neil'",
      '$response.body#/items[0].id == 3',
      '$response.body.items[0].id == 3',
    ],
    ...['$response.body#/empty/0 == null', '$response.body#/nothing == null', '$response.body#/none == null'],
    ...[
      '$response.body#/items/0/id != null',
      '$response.body#/a==1',
      '$response.body#/count > 9',
      '$response.body#/ok == true',
    ],
    ...['$response.header.x-a == 7', '$response.header.X-A==7', "$response.header.content-type == 'application/json'"],
    ...['$steps.s.outputs.list[1] == "b"', '$steps.s.outputs.x-y == 1', '$response.body.items.length == 1'],
    ...['$inputs.n == 5.0', '-1 < $inputs.n', "'abc' < 'ABD'", '1 == 1 && 2 == 2 || false', 'false && false || true'],
    ...[
      'false || true && true',
      '!false && true',
      '$response.body#/empty',
      "$method == '{$response.body#/none}' || true",
      "'{$inputs.n}-{$statusCode}' == '5-201'",
      "'{$nothing}' == '{$nothing}'",
      "$url == 'HTTP://x.test/'",
    ],
  ])('is satisfied: %s', (condition) => {
    expect(test(condition)).toEqual({ kind: 'satisfied' });
  });

  it.each([
    ...[
      '$statusCode == 200',
      '$statusCode < 201',
      '$statusCode > 201',
      "$statusCode == 'created'",
      'false',
      'null',
      "''",
      '0',
    ],
    ...['$response.body#/none', '$response.body#/none > 1', '$response.body#/none < 1', '!$inputs.flag', "null == ''"],
    ...['true && false', '$response.body#/empty == null', "null < 'a'", '$inputs.none == 0', '!(true || false)'],
  ])('is not satisfied: %s', (condition) => {
    expect(test(condition)).toMatchObject({ kind: 'unsatisfied' });
  });

  it.each([
    ...[
      '',
      '==',
      '$statusCode ==',
      '$statusCode = 201',
      '$statusCode == 201 &&',
      '($statusCode == 201',
      '$statusCode == 201)',
    ],
    ...['success == true', '$nothing == 1', '$statusCode == 200 == true', "$method == 'x", '1 + 1', '$statusCode 201'],
    ...['('.repeat(100), `${'!'.repeat(200)}true`, `true${' '.repeat(9000)}`],
  ])('cannot be read: %s', (condition) => {
    expect(test(condition)).toMatchObject({ kind: 'invalid' });
  });

  it.each(['$statusCode = 200', '$statusCode=200', '$statusCode === 200', "$response.body#/a= 'x'"])(
    'says what to write for the "=" in %s',
    (condition) => {
      const result = test(condition);
      expect('message' in result && result.message).toContain('; "=" is no operator, "==" compares.');
    },
  );

  it.each([
    [
      '$statusCode == 200',
      200,
      201,
      'The criterion "$statusCode == 200" is not satisfied: $statusCode is 201, expected == 200.',
    ],
    [
      '$statusCode == 201 && $response.body#/a > 3',
      '> 3',
      1,
      'The criterion "$statusCode == 201 && $response.body#/a > 3" is not satisfied: $response.body#/a is 1, expected > 3.',
    ],
    [
      '200 >= $statusCode',
      '<= 200',
      201,
      'The criterion "200 >= $statusCode" is not satisfied: $statusCode is 201, expected <= 200.',
    ],
    [
      '$response.body#/none',
      true,
      null,
      'The criterion "$response.body#/none" is not satisfied: $response.body#/none is null.',
    ],
    ['!$inputs.flag', undefined, undefined, 'The criterion "!$inputs.flag" is not satisfied: $inputs.flag is true.'],
    ['false', undefined, undefined, 'The criterion "false" is not satisfied.'],
  ])('tells why %s is not satisfied', (condition, expected, actual, message) => {
    const details = expected === undefined ? {} : { expected, actual };
    expect(test(condition)).toEqual({ kind: 'unsatisfied', message, ...details });
  });

  it('notes a "=" in a name, and double quotes, but not those inside single ones', () => {
    const notes = (condition: string) => {
      const result = compileSimple(condition);
      return result.kind === 'compiled' ? result.criterion.notes.length : -1;
    };
    expect(notes('$response.body#/a=1')).toBe(1);
    expect([notes(`1 == 1 || $url == 'x' || $method == "GET"`), notes(`$method == 'say "hi"'`)]).toEqual([1, 0]);
  });
});
