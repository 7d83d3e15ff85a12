import { describe, expect, it } from 'vitest';
import { describeHeaders, maskBody } from './masked-headers.ts';

describe('describeHeaders', () => {
  it('shows every header, and no value of a credential', () => {
    const headers = [
      ['Accept', 'a'],
      ['AUTHORIZATION', 'Bearer b'],
      ['Cookie', 'c'],
    ] as const;
    expect(describeHeaders(headers)).toBe('{Accept=a, AUTHORIZATION=***, Cookie=***}');
  });
});

describe('maskBody', () => {
  it.each([
    ['{"headers":{"Accept":"a","Authorization":"Bearer \\"b"}}', '{"headers":{"Accept":"a","Authorization":"***"}}'],
    [
      '{"multiValueHeaders":{"cookie":["a]\\"","b"],"Host":["c"]}}',
      '{"multiValueHeaders":{"cookie":"***","Host":["c"]}}',
    ],
    [
      '{"headers":{"x-api-key":""},"multiValueHeaders":{"x-api-key":[""]}}',
      '{"headers":{"x-api-key":""},"multiValueHeaders":{"x-api-key":"***"}}',
    ],
    ['{"authorization":7,"cookies":"a","body":"cookie"}', '{"authorization":7,"cookies":"a","body":"cookie"}'],
    ['no JSON: "cookie":"', 'no JSON: "cookie":"'],
  ])('makes %s into %s', (body, masked) => {
    expect(maskBody(body)).toBe(masked);
  });
});
