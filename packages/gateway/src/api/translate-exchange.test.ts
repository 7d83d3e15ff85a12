import { describe, expect, it } from 'vitest';
import { operations } from './operations.ts';
import { translateRequest, translateResponse } from './translate-exchange.ts';

const translate = (method: string, target: string, body: unknown = '') =>
  translateRequest('member-names', { method, target, body: body === '' ? '' : JSON.stringify(body) });

describe('a request in member names', () => {
  it('is spelled as on the wire, down to the keys that are not those of users', () => {
    const translated = translate('POST', '/v2/apis/a1/integrations', {
      IntegrationType: 'HTTP_PROXY',
      RequestParameters: { 'integration.request.header.Name': "'Value'" },
      TlsConfig: { ServerNameToVerify: 'Host' },
    });
    expect(translated?.operation.name).toBe('CreateIntegration');
    expect(JSON.parse(translated?.body ?? '')).toEqual({
      integrationType: 'HTTP_PROXY',
      requestParameters: { 'integration.request.header.Name': "'Value'" },
      tlsConfig: { serverNameToVerify: 'Host' },
    });
  });

  it('keeps its path, and has its query renamed', () => {
    expect(translate('GET', '/v2/apis/a%2F1/routes?MaxResults=5&NextToken=a%3Db&other')?.target).toBe(
      '/v2/apis/a%2F1/routes?maxResults=5&nextToken=a%3Db&other',
    );
    expect(translate('DELETE', '/v2/apis/a1')).toMatchObject({ target: '/v2/apis/a1', body: '' });
  });

  it('is left alone when it is no JSON object', () => {
    expect(translate('POST', '/v2/apis', [1])?.body).toBe('[1]');
    expect(translateRequest('member-names', { method: 'POST', target: '/v2/apis', body: '{' })?.body).toBe('{');
  });

  it.each([
    ['PUT', '/v2/apis/a1/routes'],
    ['GET', '/v3/apis'],
    ['GET', '/v2/apis/%zz'],
  ])('is not known when it is %s %s', (method, target) => {
    expect(translate(method, target)).toBeUndefined();
  });
});

describe('an answer on the wire', () => {
  const answer = (name: string, status: number, body: unknown): unknown => {
    const operation = operations.get(name);
    if (operation === undefined) throw new Error(name);
    return JSON.parse(translateResponse('member-names', operation, status, JSON.stringify(body)));
  };

  it('is spelled in member names, and keeps what the table does not have', () => {
    expect(answer('CreateApi', 201, { apiId: 'a1', tags: { name: 'x' }, brandNew: { inner: 1 } })).toEqual({
      ApiId: 'a1',
      Tags: { name: 'x' },
      BrandNew: { inner: 1 },
    });
    expect(answer('GetRoutes', 200, { items: [{ routeKey: '$default' }], nextToken: 't' })).toEqual({
      Items: [{ RouteKey: '$default' }],
      NextToken: 't',
    });
  });

  it('is an error in member names too', () => {
    expect(answer('GetApi', 404, { message: 'No.', resourceType: 'Api' })).toEqual({
      Message: 'No.',
      ResourceType: 'Api',
    });
  });

  it('is left alone when it is no JSON object', () => {
    const operation = operations.get('GetApi');
    expect(operation && translateResponse('member-names', operation, 502, '<html>')).toBe('<html>');
    expect(operation && translateResponse('member-names', operation, 204, '')).toBe('');
  });
});
