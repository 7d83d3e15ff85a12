import { describe, expect, it } from 'vitest';
import { refuse, refuseAsAnswered, renderRefusal } from './refusal.ts';

describe('renderRefusal', () => {
  it('writes the answer to the byte', () => {
    const refusal = refuse(401, 'Forbidden', 'gbgfw09VDQAYKEhxYA==', 'EO3QfG_OoAMET2Q=');
    expect(renderRefusal(refusal, Date.UTC(2026, 8, 25, 0, 1, 13)).toString('latin1')).toBe(
      [
        'HTTP/1.1 401 Unauthorized',
        'Date: Fri, 25 Sep 2026 00:01:13 GMT',
        'Content-Type: application/json; charset=UTF-8',
        'x-amz-apigw-id: EO3QfG_OoAMET2Q=',
        'Content-Length: 95',
        'Connection: keep-alive',
        '',
        '{"message": "Forbidden", "connectionId":"gbgfw09VDQAYKEhxYA==", "requestId":"EO3QfG_OoAMET2Q="}',
      ].join('\r\n'),
    );
  });
});

describe('refuseAsAnswered', () => {
  it.each([
    ['application/json', 'application/json; charset=UTF-8'],
    ['text/html', 'text/html'],
    [undefined, 'application/json; charset=UTF-8'],
  ])('passes on an answer of type %s as %s', (type, passedOn) => {
    const headers = {
      ...(type && { 'content-type': type }),
      connection: 'close',
      date: 'x',
      'sec-websocket-protocol': 'a',
      'set-cookie': ['a=1', 'b=2'],
    };
    const body = Buffer.from('no');
    expect(refuseAsAnswered({ kind: 'answered', status: 402, headers, body }, 'r')).toEqual({
      status: 402,
      headers: [
        ['Content-Type', passedOn],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['x-amz-apigw-id', 'r'],
      ],
      body,
      message: 'The integration answered 402.',
    });
  });
});
