// biome-ignore-all lint/suspicious/noTemplateCurlyInString: stage variables are written so.
import { describe, expect, it } from 'vitest';
import { type BackEndUrl, buildTarget, encodeComponent, parseBackEndUrl } from './url.ts';

function parse(uri: string): BackEndUrl {
  const parsed = parseBackEndUrl(uri, { host: 'localhost:3000', empty: '' });
  if (parsed.kind === 'invalid') throw new Error(parsed.message);
  return parsed.url;
}

describe('a back end’s URL', () => {
  it.each([
    ['http://localhost:3000', [], 'http://localhost:3000', '/'],
    ['http://localhost:80/', [], 'http://localhost', '/'],
    ['HTTPS://Example.test/a/b?c=d#fragment', [], 'https://example.test', '/a/b?c=d'],
    ['http://h?a=1', ['b=2'], 'http://h', '/?a=1&b=2'],
    ['http://h/p', ['', 'a=1', 'b=2'], 'http://h', '/p?a=1&b=2'],
    [
      'http://${stageVariables.host}/x${stageVariables.empty}${stageVariables.missing}',
      [],
      'http://localhost:3000',
      '/x',
    ],
    ['http://h/{room}/{proxy+}?id={room}&none={none}', [], 'http://h', '/a%2Fb/c%20d?id=a%2Fb&none='],
    ['http://h/ü b', [], 'http://h', '/%C3%BC%20b'],
  ])('%s with the queries %j is called at %s%s', (uri, queries, origin, target) => {
    const url = parse(uri);
    const path = new Map([
      ['room', 'a/b'],
      ['proxy', 'c d'],
    ]);
    expect([url.origin, buildTarget(url, path, queries)]).toEqual([origin, target]);
  });

  it.each([
    [''],
    ['localhost:3000'],
    ['ftp://h'],
    ['http://'],
    ['http://{host}/'],
    ['http://a b/'],
    ['arn:aws:lambda:x'],
  ])('is not "%s"', (uri) => {
    expect(parseBackEndUrl(uri, {})).toEqual({
      kind: 'invalid',
      message: `The integration URI "${uri}" is not valid: an http or https URL is expected.`,
    });
  });

  it('names the stage variable that is missing', () => {
    expect(parseBackEndUrl('http://${stageVariables.back_end}/', {})).toEqual({
      kind: 'invalid',
      message:
        'The integration URI "http:///" is not valid: an http or https URL is expected, and the stage has no variable "back_end".',
    });
  });

  it('must not carry credentials, which are not repeated', () => {
    expect(parseBackEndUrl('http://me:secret@h/', {})).toEqual({
      kind: 'invalid',
      message: 'The integration URI is not valid: it must not contain a user name or password.',
    });
  });

  it('takes lone surrogates for U+FFFD', () => {
    expect(encodeComponent('a\ud800b')).toBe('a%EF%BF%BDb');
  });
});
