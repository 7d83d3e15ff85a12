import {
  CreateIntegrationCommand,
  CreateIntegrationResponseCommand,
  type CreateIntegrationResponseCommandInput,
  DeleteIntegrationResponseCommand,
  GetIntegrationResponseCommand,
  GetIntegrationResponsesCommand,
  UpdateIntegrationCommand,
  UpdateIntegrationResponseCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { makeForEachTest, serveForTests } from '../testing/control-plane-hooks.ts';
import { createApi, members } from '../testing/serve-control-plane.ts';

const served = serveForTests();
const integration = makeForEachTest(async () => {
  const api = await createApi(served.client);
  const { IntegrationId = '' } = await served.client.send(
    new CreateIntegrationCommand({ ...api, IntegrationType: 'MOCK' }),
  );
  return { ...api, IntegrationId };
});

const create = (request: Partial<CreateIntegrationResponseCommandInput> = {}) =>
  members(
    served.client.send(
      new CreateIntegrationResponseCommand({ ...integration, IntegrationResponseKey: '$default', ...request }),
    ),
  );
const list = async () => (await served.client.send(new GetIntegrationResponsesCommand(integration))).Items;

describe('an integration response', () => {
  it('is created, read, changed and deleted', async () => {
    const request = {
      IntegrationResponseKey: '/2\\d\\d/',
      ContentHandlingStrategy: 'CONVERT_TO_TEXT' as const,
      ResponseParameters: { 'method.response.header.a': 'integration.response.header.b' },
      ResponseTemplates: { $default: '{}' },
      TemplateSelectionExpression: '$integration.response.body.kind',
    };
    const created = await create(request);
    expect(created).toEqual({ ...request, IntegrationResponseId: expect.stringMatching(/^[a-z0-9]{6}$/) });
    const response = { ...integration, IntegrationResponseId: String(created.IntegrationResponseId) };
    expect(await members(served.client.send(new GetIntegrationResponseCommand(response)))).toEqual(created);

    const update = { IntegrationResponseKey: '$default', ResponseTemplates: { a: 'b' } };
    const changed = { ...created, ...update };
    expect(await members(served.client.send(new UpdateIntegrationResponseCommand({ ...response, ...update })))).toEqual(
      changed,
    );
    // A change of the integration leaves what stands below it alone.
    await served.client.send(new UpdateIntegrationCommand({ ...integration, Description: 'mock' }));
    expect(await list()).toEqual([changed]);

    const deletion = new DeleteIntegrationResponseCommand(response);
    expect((await served.client.send(deletion)).$metadata.httpStatusCode).toBe(204);
    await expect(served.client.send(deletion)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Integration Response identifier specified',
    });
  });

  it.each<[Partial<CreateIntegrationResponseCommandInput>, string]>([
    [
      { IntegrationResponseKey: '200' },
      'IntegrationResponseKey is "200"; expected "$default" or a regular expression between slashes.',
    ],
    [
      { IntegrationResponseKey: '/(/' },
      'IntegrationResponseKey is "/(/"; expected "$default" or a regular expression between slashes.',
    ],
    [
      { ResponseParameters: { a: "'b'" } },
      'The response parameter "a" is not valid: "method.response.header." and the name of a header is expected as the key.',
    ],
    [
      { ResponseParameters: { 'method.response.header.a': 'b' } },
      'The response parameter "method.response.header.a" is not valid: "b" is no source; an "integration.response." parameter, "stageVariables.", "context." or a text in single quotes is expected.',
    ],
  ])('is refused: %j', async (request, message) => {
    await expect(create(request)).rejects.toMatchObject({ name: 'BadRequestException', message });
    expect(await list()).toEqual([]);
  });

  it.each(['/(?i)bad request.*/', '/\\Q1+1\\E/', '/\\p{Alpha}+/'])('takes the Java pattern %s', async (key) => {
    expect(await create({ IntegrationResponseKey: key })).toMatchObject({ IntegrationResponseKey: key });
  });

  it('has a key that no other of its integration has', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'Integration Response with key $default already exists for this Integration',
    });
  });
});
