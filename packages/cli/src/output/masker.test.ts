import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';

function masker(...secrets: readonly string[]) {
  const created = createMasker();
  created.conceal(secrets);
  return created;
}

describe('a masker', () => {
  it.each([
    ['a secret within a text', 'the key is s3cr3t!', 'the key is ***!'],
    ['a secret that is the text', 's3cr3t', '***'],
    ['every secret, the longest first', 's3cr3t-longer and s3cr3t', '*** and ***'],
    ['a secret in a URL', 'http://x/?key=p%20w%26d', 'http://x/?key=***'],
    ['a secret in a form', 'password=p+w%26d', 'password=***'],
    ['a secret of which more is encoded than need be', 'http://x/hunter2%21%F0%9F%98%80', 'http://x/***'],
    ['a secret of which less is encoded than usual', 'http://x/?a=p%20w&d', 'http://x/?a=***'],
    ['a secret in JSON in a form', 'a=%7B%22b%22%3A%22a%5C%22b%22%7D', 'a=%7B%22b%22%3A%22***%22%7D'],
    ['a secret in JSON', 'answer: {"a":"a\\"b"}', 'answer: {"a":"***"}'],
    ['a secret in XML', '<a b="a&quot;b">p &lt;w&amp;d</a>', '<a b="***">***</a>'],
    ['a secret in XML whose characters are numbered', '<a b="a&#34;b">p &#x3C;w&#38;d</a>', '<a b="***">***</a>'],
    ['a secret that is percent-encoded in small letters', 'http://x/hunter2%21%f0%9f%98%80', 'http://x/***'],
    ['a secret in Base64', '{"content":"aHVudGVyMiHwn5iA"}, cCB3JmQ=, cCB3JmQ', '{"content":"***"}, ***, ***'],
    ['a secret in Base64 in a URL', 'http://x/Pz8-fn5-?a=Pz8%2Bfn5%2B', 'http://x/***?a=***'],
    ['a text that has none', 'nothing here', 'nothing here'],
    ['a pattern as text', 'a.*b axxb', '*** axxb'],
  ])('hides %s', (_case, text, expected) => {
    expect(
      masker('s3cr3t', 's3cr3t-longer', 'p w&d', 'p <w&d', 'a"b', 'a.*b', 'hunter2!😀', '??>~~~', '').maskText(text),
    ).toBe(expected);
  });

  it('hides a short secret where it is the whole value', () => {
    expect(masker('a').maskValue({ password: 'a', name: 'banana' })).toEqual({ password: '***', name: 'banana' });
    expect(masker('1234').maskValue({ pin: 1234, port: 12345 })).toEqual({ pin: '***', port: 12345 });
  });

  it('hides a secret that is a name in a body, and leaves the names that documents give', () => {
    const event = { kind: 'response', body: { sessions: { s3cr3t: { s3cr3t: 1 }, other: 2 } }, outputs: { s3cr3t: 1 } };
    expect(masker('s3cr3t').maskValue(event)).toEqual({
      kind: 'response',
      body: { sessions: { '***': { '***': 1 }, other: 2 } },
      outputs: { s3cr3t: 1 },
    });
  });

  it('leaves what is ours, and hides what a document names alike', () => {
    const event = {
      kind: 'response',
      workflowId: 'w',
      status: 200,
      milliseconds: 1,
      body: { kind: 'response', status: 200 },
    };
    const created = masker('response', '200', '1');
    expect(created.maskValue(event)).toEqual({ ...event, body: { kind: '***', status: '***' } });
    expect(created.maskValue({ kind: 'ready', outputs: { code: 200 }, workflows: { w: { code: 200 } } })).toEqual({
      ...{ kind: 'ready', outputs: { code: '***' }, workflows: { w: { code: '***' } } },
    });
    expect(
      created.maskValue({ workflows: [{ outcome: '200', steps: [{ attempts: 1, reasons: [{ actual: 200 }] }] }] }),
    ).toEqual({ workflows: [{ outcome: '200', steps: [{ attempts: 1, reasons: [{ actual: '***' }] }] }] });
    expect(created.maskValue({ transfer: { parameters: { attempt: 1 } } })).toEqual({
      transfer: { parameters: { attempt: '***' } },
    });
  });

  it('copies only what has something to hide, whatever the names of members are', () => {
    const created = masker('s3cr3t');
    const plain = JSON.parse('{"body":{"__proto__":[1,"a"],"n":null}}');
    expect(created.maskValue(plain)).toBe(plain);
    const hidden = created.maskValue(JSON.parse('{"body":{"__proto__":["s3cr3t","a"],"n":{"b":1}}}'));
    expect(JSON.stringify(hidden)).toBe('{"body":{"__proto__":["***","a"],"n":{"b":1}}}');
  });

  it('hides credentials in headers by their names, and from then on everywhere', () => {
    const created = createMasker();
    created.concealHeaders(['X-Key']);
    const event = {
      kind: 'response',
      headers: { Authorization: 'Bearer abcdef', 'set-cookie': ['sid=1', 'b=2'], 'x-key': 'k-e-y', accept: '*/*' },
      authorization: 'stays',
    };
    expect(created.maskValue(event)).toEqual({
      kind: 'response',
      headers: { Authorization: '***', 'set-cookie': ['***', '***'], 'x-key': '***', accept: '*/*' },
      authorization: 'stays',
    });
    expect(created.maskText('token abcdef, key k-e-y, sid=1')).toBe('token ***, key ***, sid=1');
  });

  it('hides headers and members of the names that are given, and leaves the events themselves', () => {
    const created = createMasker();
    created.concealNames(['Token', 'kind']);
    const event = {
      kind: 'step-succeeded',
      outputs: { token: 'abc123', list: [{ TOKEN: 7 }] },
      headers: { token: 'x' },
    };
    expect(created.maskValue(event)).toEqual({
      kind: 'step-succeeded',
      outputs: { token: '***', list: [{ TOKEN: '***' }] },
      headers: { token: '***' },
    });
    expect(created.maskText('got abc123')).toBe('got ***');
  });

  it('leaves data alone that is not plain, and keys that name prototypes are keys', () => {
    const bytes = new Uint8Array([1]);
    const value = JSON.parse('{"__proto__":"s3cr3t","null":null,"number":7}');
    expect(masker('s3cr3t').maskValue({ bytes, value })).toEqual({
      bytes,
      value: JSON.parse('{"__proto__":"***","null":null,"number":7}'),
    });
  });

  it('remembers a bounded number of values', () => {
    const created = createMasker();
    for (let index = 0; index < 1000; index += 1) {
      created.maskValue({ headers: { authorization: `Bearer token-${index}-` } });
    }
    expect(created.maskText('token-1- token-999-')).toBe('*** token-999-');
  });
});
