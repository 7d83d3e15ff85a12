import type { HttpExchangeRequest, SourceSummary } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { createAwsTranslation, listTranslatedSources } from './translation.ts';

const describing = (name: string, member: string, serverUrl?: string): SourceSummary => ({
  ...{ name, type: 'openapi', url: 'file:///a.yaml', serverUrl, securitySchemes: new Map() },
  description: {
    paths: {
      '/v2/apis': {
        post: { requestBody: { content: { 'application/json': { schema: { properties: { [member]: {} } } } } } },
      },
    },
  },
});

const onAws = 'https://apigateway.us-east-1.amazonaws.com';

describe('the sources that are translated', () => {
  const sources = [
    describing('members', 'ProtocolType', onAws),
    describing('wire', 'protocolType', onAws),
    describing('other', 'somethingElse', onAws),
    describing('elsewhere', 'ProtocolType', 'https://api.test'),
  ];

  it.each<[string, Parameters<typeof listTranslatedSources>[1], readonly string[]]>([
    ['that AWS serves', { aws: false, servers: {} }, ['members']],
    ['that stand for AWS', { aws: true, servers: { members: 'http://127.0.0.1:1' } }, ['members', 'elsewhere']],
    ['that are sent to AWS', { aws: false, servers: { elsewhere: onAws, members: 'http://x' } }, ['elsewhere']],
    ['of which a gateway takes the place: none', { aws: true, servers: {}, gateway: 'http://127.0.0.1:1' }, []],
  ])('are those %s', async (_case, request, expected) => {
    expect([...(await listTranslatedSources(sources, request))]).toEqual(expected);
  });
});

describe('the translation', () => {
  const request = (more: Partial<HttpExchangeRequest> = {}): HttpExchangeRequest => ({
    ...{ method: 'POST', url: `${onAws}/v2/apis`, headers: {}, sourceName: 'members', workflowId: 'w', stepId: 'a' },
    body: '{"Name":"chat"}',
    ...more,
  });
  const response = (body: string, status = 201) => ({ status, headers: {}, body: new TextEncoder().encode(body) });

  it('spells requests as the wire does, and answers as the description does', async () => {
    const translation = await createAwsTranslation(new Set(['members']));
    const sent = translation.translateRequest(request());
    expect(sent).toEqual(request({ body: '{"name":"chat"}' }));
    const { body } = translation.translateResponse(sent, response('{"apiId":"a1"}'));
    expect(new TextDecoder().decode(body)).toBe('{"ApiId":"a1"}');
  });

  it('keeps what is before the path of the service, and renames the query', async () => {
    const translation = await createAwsTranslation(new Set(['members']));
    const { body: _, ...get } = request({ method: 'GET', url: 'http://x/base/v2/apis?MaxResults=1' });
    expect(translation.translateRequest(get)).toEqual({ ...get, url: 'http://x/base/v2/apis?maxResults=1' });
  });

  it.each([
    ['other sources', { sourceName: 'pets' }],
    ['other paths', { url: 'http://x/pets' }],
    ['other operations', { method: 'PUT', url: 'http://x/v2/apis/a/b/c/d' }],
  ])('leaves %s alone', async (_case, more) => {
    const translation = await createAwsTranslation(new Set(['members']));
    const sent = translation.translateRequest(request(more));
    expect(sent).toEqual(request(more));
    const answer = response('{"apiId":"a1"}');
    expect(translation.translateResponse(sent, answer)).toBe(answer);
  });
});
