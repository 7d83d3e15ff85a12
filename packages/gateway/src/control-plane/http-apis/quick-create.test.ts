import {
  CreateApiCommand,
  type CreateApiCommandInput,
  CreateRouteCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  GetApiCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  type Integration,
  type Route,
  type Stage,
  UpdateApiCommand,
  type UpdateApiCommandInput,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { serveForTests } from '../../testing/control-plane-hooks.ts';
import { members } from '../../testing/serve-control-plane.ts';

const served = serveForTests();

const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:pets';
const roleArn = 'arn:aws:iam::123456789012:role/pets';

const createApi = (request: Partial<CreateApiCommandInput>) =>
  members(served.client.send(new CreateApiCommand({ Name: 'pets', ProtocolType: 'HTTP', ...request })));

async function first<Item>(list: Promise<{ readonly Items?: Item[] | undefined }>): Promise<Partial<Item>> {
  return (await list).Items?.[0] ?? {};
}

/** An API that was quickly created, and what of it can be seen. */
async function createQuickly(request: Partial<CreateApiCommandInput> = {}) {
  const id = { ApiId: String((await createApi({ Target: 'https://example.com', ...request })).ApiId) };
  return {
    id,
    update: (change: Partial<UpdateApiCommandInput>) =>
      members(served.client.send(new UpdateApiCommand({ ...id, ...change }))),
    integration: () => first<Integration>(served.client.send(new GetIntegrationsCommand(id))),
    route: () => first<Route>(served.client.send(new GetRoutesCommand(id))),
    stage: () => first<Stage>(served.client.send(new GetStagesCommand(id))),
  };
}

describe('quick create', () => {
  it('makes an integration, a route and a stage of a target', async () => {
    const api = await createQuickly({ RouteKey: 'ANY /{proxy+}' });
    const integration = await api.integration();
    expect(integration).toEqual({
      ApiGatewayManaged: true,
      ConnectionType: 'INTERNET',
      IntegrationId: expect.any(String),
      IntegrationMethod: 'ANY',
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: 'https://example.com',
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 30_000,
    });
    expect(await api.route()).toEqual({
      ApiGatewayManaged: true,
      ApiKeyRequired: false,
      AuthorizationType: 'NONE',
      RouteId: expect.any(String),
      RouteKey: 'ANY /{proxy+}',
      Target: `integrations/${integration.IntegrationId}`,
    });
    expect(await api.stage()).toMatchObject({
      ApiGatewayManaged: true,
      AutoDeploy: true,
      DeploymentId: expect.any(String),
      StageName: '$default',
    });
  });

  it('has its target, its route key and its credentials changed by UpdateApi, and deployed', async () => {
    const api = await createQuickly();
    const before = { integration: await api.integration(), route: await api.route(), stage: await api.stage() };
    const answer = await api.update({ Target: functionArn, RouteKey: 'GET /pets', CredentialsArn: roleArn });
    expect(answer).toEqual(await members(served.client.send(new GetApiCommand(api.id))));
    expect(await api.integration()).toEqual({
      ...before.integration,
      CredentialsArn: roleArn,
      IntegrationMethod: 'POST',
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: functionArn,
      PayloadFormatVersion: '2.0',
    });
    expect(await api.route()).toEqual({ ...before.route, RouteKey: 'GET /pets' });
    expect((await api.stage()).DeploymentId).not.toBe(before.stage.DeploymentId);

    await api.update({ CredentialsArn: '', Target: `${functionArn}2` });
    const { CredentialsArn, IntegrationUri } = await api.integration();
    expect([CredentialsArn, IntegrationUri]).toEqual([undefined, `${functionArn}2`]);
  });

  it.each<[Partial<UpdateApiCommandInput>, string]>([
    [{ Target: '' }, 'Target is empty; the target of quick create can be changed and not removed.'],
    [{ Target: 'ftp://a' }, 'IntegrationUri is "ftp://a"; expected the ARN of a Lambda function.'],
    [
      { RouteKey: 'join' },
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    ],
    [{ RouteKey: '' }, 'RouteKey is required.'],
    [{ CredentialsArn: 'nobody' }, 'Invalid role ARN'],
  ])('is not changed by %j', async (change, message) => {
    const api = await createQuickly();
    const before = [await api.integration(), await api.route(), await api.stage()];
    const refused = api.update({ Name: 'changed', ...change });
    await expect(refused).rejects.toMatchObject({ name: 'BadRequestException', message });
    expect([await api.integration(), await api.route(), await api.stage()]).toEqual(before);
  });

  it('has a route key that no other route has', async () => {
    const api = await createQuickly();
    await served.client.send(new CreateRouteCommand({ ...api.id, RouteKey: 'GET /pets' }));
    await expect(api.update({ RouteKey: 'GET /pets' })).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'Route with key GET /pets already exists for this API',
    });
  });

  it.each(['Target', 'RouteKey', 'CredentialsArn'] as const)(
    'is needed before UpdateApi can change %s',
    async (name) => {
      const ApiId = String((await createApi({})).ApiId);
      const update = new UpdateApiCommand({ ApiId, [name]: 'https://example.com' });
      await expect(served.client.send(update)).rejects.toMatchObject({
        name: 'BadRequestException',
        message: `${name} is part of quick create, by which this API was not made.`,
      });
    },
  );

  it('made an integration that cannot be deleted, and a route whose key UpdateRoute does not change', async () => {
    const api = await createQuickly();
    const { IntegrationId = '' } = await api.integration();
    const route = { ...api.id, RouteId: String((await api.route()).RouteId) };
    const rename = new UpdateRouteCommand({ ...route, RouteKey: 'GET /pets' });
    await expect(served.client.send(rename)).rejects.toThrow(
      'RouteKey of a route that quick create made cannot be changed by UpdateRoute; expected UpdateApi.',
    );
    await served.client.send(new UpdateRouteCommand({ ...route, RouteKey: '$default', OperationName: 'All' }));
    await served.client.send(new DeleteRouteCommand(route));
    const deletion = new DeleteIntegrationCommand({ ...api.id, IntegrationId });
    await expect(served.client.send(deletion)).rejects.toThrow(
      'The integration that quick create made can be updated and not deleted.',
    );
  });
});
