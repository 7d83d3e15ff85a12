// biome-ignore-all lint/suspicious/noTemplateCurlyInString: stage variables are written so.
import { describe, expect, it } from 'vitest';
import { findHttpUriProblem } from './http-uri.ts';

describe('the URI of an HTTP integration', () => {
  it.each([
    'http://localhost:3000',
    'HTTPS://example.com/a/{room}/{proxy+}?id={room}#x',
    'http://[::1]:3000/ü',
    'http://${stageVariables.host}:${stageVariables.port}/x',
    'http://example.${stageVariables.domain}:80${stageVariables.digits}/${stageVariables.path}',
    'https://${stageVariables.authority}',
    '${stageVariables.uri}/x',
  ])('may be %s', (uri) => {
    expect(findHttpUriProblem(uri)).toBeUndefined();
  });

  const withHost = 'http://{host}… or https://{host}…';
  const withNames = '{name} or {name+} where the URL has braces';
  const variables = 'stage variables as ${stageVariables.{name}}, with a name of letters, digits and underscores';
  it.each([
    ['', withHost],
    ['example.com', withHost],
    ['ftp://example.com', withHost],
    ['http://', withHost],
    ['http:///path', withHost],
    ['http://host:port/', withHost],
    ['http://{host}/', withHost],
    ['https://exa mple/', 'an http or https URL without spaces and control characters'],
    ['https://example.com/\n', 'an http or https URL without spaces and control characters'],
    ['https://me:secret@example.com/', 'a URL without a user name or password'],
    ['https://example.com/{', withNames],
    ['https://example.com/{a b}', 'an http or https URL without spaces and control characters'],
    ['https://example.com/{}/{{a}}', withNames],
    ['https://example.com/${stageVariables.', variables],
    ['https://example.com/${room}', variables],
  ])('is not "%s"', (uri, problem) => {
    expect(findHttpUriProblem(uri)).toBe(problem);
  });
});
