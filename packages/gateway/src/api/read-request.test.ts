import { describe, expect, it } from 'vitest';
import { operations } from './operations.ts';
import { readRequest } from './read-request.ts';

function read(
  name: string,
  { labels = {}, query = '', body = '' }: { labels?: Record<string, string>; query?: string; body?: string },
  dialect: 'wire-names' | 'member-names' = 'wire-names',
) {
  const operation = operations.get(name);
  if (!operation) throw new Error(`There is no operation "${name}".`);
  return readRequest(operation, { labels, query: new URLSearchParams(query), body }, dialect);
}

describe('readRequest', () => {
  it('takes every member from its place and from no other', () => {
    const labels = { ApiId: 'a1', RouteId: 'r1' };
    const body = '{"apiId":"other","routeKey":"join","unknown":1}';
    expect(read('UpdateRoute', { labels, query: 'routeKey=x', body })).toEqual({
      apiId: 'a1',
      routeId: 'r1',
      routeKey: 'join',
    });
  });

  it('reads repeated query members as a list, and numbers and booleans as such', () => {
    const labels = { ResourceArn: 'arn:a', DomainName: 'd', ApiId: 'a', Specification: 'OAS30' };
    expect(read('UntagResource', { labels, query: 'tagKeys=a&tagKeys=b%2Fc' })).toEqual({
      resourceArn: 'arn:a',
      tagKeys: ['a', 'b/c'],
    });
    expect(read('ListRoutingRules', { labels, query: 'maxResults=5' })).toMatchObject({ maxResults: 5 });
    const exported = read('ExportApi', { labels, query: 'outputType=YAML&includeExtensions=true' });
    expect(exported).toMatchObject({ includeExtensions: true });
  });

  it('reads member names in path, query and body alike', () => {
    expect(read('GetRoutes', { labels: { ApiId: 'a1' }, query: 'MaxResults=5' }, 'member-names')).toEqual({
      apiId: 'a1',
      maxResults: '5',
    });
  });

  it('reads wire names in the query beside member names in the body, as documents declare them', () => {
    const labels = { ApiId: 'a1', ResourceArn: 'arn:a' };
    expect(read('GetRoutes', { labels, query: 'maxResults=5&nextToken=t' }, 'member-names')).toEqual({
      apiId: 'a1',
      maxResults: '5',
      nextToken: 't',
    });
    expect(read('UntagResource', { labels, query: 'tagKeys=a&tagKeys=b' }, 'member-names')).toMatchObject({
      tagKeys: ['a', 'b'],
    });
    expect(read('GetRoutes', { labels, query: 'maxResults=5&MaxResults=6' }, 'member-names')).toMatchObject({
      maxResults: '6',
    });
    expect(read('GetRoutes', { labels, query: 'MaxResults=5' })).toEqual({ apiId: 'a1' });
  });

  it('ignores the body of an operation that has none', () => {
    expect(read('GetApi', { labels: { ApiId: 'a1' }, body: 'anything' })).toEqual({ apiId: 'a1' });
  });

  it.each([
    ['UntagResource', {}, '"tagKeys" is required.'],
    ['ListRoutingRules', { query: 'maxResults=many' }, '"maxResults" is NaN; expected a whole number'],
    ['CreateApi', { body: '"name"' }, 'The request body is not a JSON object.'],
  ])('refuses %s with %j', (name, parts, message) => {
    expect(() => read(name, { labels: { ResourceArn: 'arn:a', DomainName: 'd' }, ...parts })).toThrow(message);
  });
});
