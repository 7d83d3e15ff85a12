import { describe, expect, it } from 'vitest';
import { readFunctionAnswer } from './lambda-answer.ts';

function read(answer: unknown): unknown {
  const result = readFunctionAnswer('chat', Buffer.from(JSON.stringify(answer)));
  if (result.kind !== 'answered') return result;
  const { status, headers, body } = result;
  return { status, headers: { ...headers }, body: Buffer.from(body).toString('utf8') };
}

describe('what a function returns', () => {
  it.each<[unknown, unknown]>([
    [{ statusCode: 200 }, { status: 200, headers: {}, body: '' }],
    [
      { statusCode: 200, body: '{"ok":true}' },
      { status: 200, headers: {}, body: '{"ok":true}' },
    ],
    [
      { statusCode: 500, body: 'still delivered' },
      { status: 500, headers: {}, body: 'still delivered' },
    ],
    [
      { statusCode: '200', isBase64Encoded: 'false', body: 'x' },
      { status: 200, headers: {}, body: 'x' },
    ],
    [
      { statusCode: 200, isBase64Encoded: true, body: 'R3LDvMOfZQ==' },
      { status: 200, headers: {}, body: 'Gr\u00fc\u00dfe' },
    ],
    [
      { statusCode: 200, isBase64Encoded: 'true', body: 'YQ==' },
      { status: 200, headers: {}, body: 'a' },
    ],
    [
      { statusCode: 200, isBase64Encoded: null, headers: null, multiValueHeaders: null, body: null },
      { status: 200, headers: {}, body: '' },
    ],
    [
      { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'chat', 'X-A': 1, 'x-b': true, 'x-c': null } },
      { status: 200, headers: { 'sec-websocket-protocol': 'chat', 'x-a': '1', 'x-b': 'true' }, body: '' },
    ],
    [
      { statusCode: 403, headers: { 'x-a': '1', 'x-b': '2' }, multiValueHeaders: { 'X-A': ['3', 4] } },
      { status: 403, headers: { 'x-a': ['3', '4'], 'x-b': '2' }, body: '' },
    ],
    [
      { statusCode: 403, headers: { 'x-a': 'one\r\nset-cookie: two' } },
      { status: 403, headers: { 'x-a': 'one  set-cookie: two' }, body: '' },
    ],
  ])('%j is read', (answer, expected) => {
    expect(read(answer)).toEqual(expected);
  });

  it('keeps a header whose name means something to JavaScript', () => {
    const result = readFunctionAnswer('chat', Buffer.from('{"statusCode":200,"headers":{"__proto__":"a"}}'));
    expect(result.kind === 'answered' && Object.entries(result.headers)).toEqual([['__proto__', 'a']]);
  });

  it.each<[unknown, string]>([
    [{ body: 'x' }, 'a "statusCode" from 200 to 599 is expected'],
    [{ statusCode: 101 }, 'a "statusCode" from 200 to 599 is expected'],
    [{ statusCode: 600 }, 'a "statusCode" from 200 to 599 is expected'],
    [{ statusCode: '20' }, 'a "statusCode" from 200 to 599 is expected'],
    [{ statusCode: 200.5 }, 'a "statusCode" from 200 to 599 is expected'],
    [null, 'an object with a "statusCode" is expected'],
    [[200], 'an object with a "statusCode" is expected'],
    ['ok', 'an object with a "statusCode" is expected'],
    [{ statusCode: 200, body: { a: 1 } }, 'a "body" that is a string is expected'],
    [{ statusCode: 200, body: '{}', isBase64Encoded: true }, 'a "body" in Base64 is expected'],
    [{ statusCode: 200, body: 'a', isBase64Encoded: 1 }, 'an "isBase64Encoded" that is a boolean is expected'],
    [
      { statusCode: 200, body: 'a'.repeat(131_073) },
      'a "body" of at most 131072 bytes is expected, as long as a message can be',
    ],
    [{ statusCode: 200, headers: ['a'] }, '"headers" that are an object are expected'],
    [{ statusCode: 200, headers: { 'a b': 'c' } }, 'names of headers in "headers" are expected'],
    [{ statusCode: 200, headers: { a: {} } }, 'texts, numbers or booleans as values of headers are expected'],
    [{ statusCode: 200, multiValueHeaders: { a: 'b' } }, 'lists as values of "multiValueHeaders" are expected'],
  ])('%j is of no use', (answer, expected) => {
    expect(read(answer)).toEqual({
      kind: 'failed',
      cause: 'bad-answer',
      reason: `Function "chat" returned what a proxy integration cannot use: ${expected}.`,
    });
  });

  it('is of no use when it is not JSON', () => {
    expect(readFunctionAnswer('chat', Buffer.from('<html>'))).toMatchObject({ kind: 'failed', cause: 'bad-answer' });
  });

  it('may be as long as a message', () => {
    expect(
      readFunctionAnswer('chat', Buffer.from(JSON.stringify({ statusCode: 200, body: '"'.repeat(131_072) }))),
    ).toEqual(expect.objectContaining({ kind: 'answered' }));
  });
});
