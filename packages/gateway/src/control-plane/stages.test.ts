import {
  CreateDeploymentCommand,
  CreateRouteCommand,
  CreateStageCommand,
  type CreateStageCommandInput,
  DeleteAccessLogSettingsCommand,
  DeleteDeploymentCommand,
  DeleteRouteCommand,
  DeleteRouteSettingsCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  ResetAuthorizersCacheCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApiCommand,
  UpdateDeploymentCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { readApiHead } from '../stores/api-heads.ts';
import { createMemoryStore } from '../stores/memory.ts';
import { createApiForEachTest, serveForTests } from '../testing/control-plane-hooks.ts';
import { members } from '../testing/serve-control-plane.ts';

const store = createMemoryStore();
const served = serveForTests({ store });
const api = createApiForEachTest(served);

const createRoute = (RouteKey: string) => served.client.send(new CreateRouteCommand({ ...api, RouteKey }));
const createStage = (request: Partial<CreateStageCommandInput>) =>
  members(served.client.send(new CreateStageCommand({ ...api, StageName: 'dev', ...request })));
const getStage = () => members(served.client.send(new GetStageCommand({ ...api, StageName: 'dev' })));
const updateStage = (request: object) =>
  members(served.client.send(new UpdateStageCommand({ ...api, StageName: 'dev', ...request })));
const listDeployments = async () => (await served.client.send(new GetDeploymentsCommand(api))).Items ?? [];

async function deploy(request: object = {}): Promise<string> {
  const { DeploymentId } = await served.client.send(new CreateDeploymentCommand({ ...api, ...request }));
  return String(DeploymentId);
}

describe('a deployment', () => {
  it('is created, read, changed and deleted', async () => {
    await createRoute('join');
    const created = await members(served.client.send(new CreateDeploymentCommand({ ...api, Description: 'first' })));
    expect(created).toEqual({
      AutoDeployed: false,
      CreatedDate: expect.any(Date),
      DeploymentId: expect.stringMatching(/^[a-z0-9]{6}$/),
      DeploymentStatus: 'DEPLOYED',
      Description: 'first',
    });
    const deployment = { ...api, DeploymentId: String(created.DeploymentId) };
    expect(await members(served.client.send(new GetDeploymentCommand(deployment)))).toEqual(created);
    expect(await listDeployments()).toEqual([created]);
    const update = new UpdateDeploymentCommand({ ...deployment, Description: 'second' });
    expect(await members(served.client.send(update))).toEqual({ ...created, Description: 'second' });
    await served.client.send(new DeleteDeploymentCommand(deployment));
    await expect(served.client.send(new GetDeploymentCommand(deployment))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Deployment identifier specified',
    });
  });

  it('goes to no stage when the name of one is empty', async () => {
    await createRoute('join');
    const stage = await createStage({});
    await deploy({ StageName: '', Description: '' });
    expect(await getStage()).toEqual(stage);
  });

  it('needs a route', async () => {
    await expect(deploy()).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'At least one route is required before deploying the Api',
    });
  });

  it('is given to the stage that is named, which must exist and not deploy by itself', async () => {
    await createRoute('join');
    await expect(deploy({ StageName: 'dev' })).rejects.toMatchObject({
      name: 'BadRequestException',
      message:
        'Stage dev does not exist. StageName specified on a CreateDeployment request must exist so the stage can be updated with the new deployment.',
    });
    expect(await listDeployments()).toEqual([]);
    await createStage({});
    const DeploymentId = await deploy({ StageName: 'dev' });
    expect(await getStage()).toMatchObject({ DeploymentId });
    await createStage({ StageName: 'auto', AutoDeploy: true });
    await expect(deploy({ StageName: 'auto' })).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringMatching(/^Deployment ID cannot be set on this stage .* because AutoDeploy is enabled\.$/),
    });
  });

  it('is not deleted while a stage uses it', async () => {
    await createRoute('join');
    const DeploymentId = await deploy();
    await createStage({ DeploymentId });
    await expect(served.client.send(new DeleteDeploymentCommand({ ...api, DeploymentId }))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Active stages pointing to this deployment must be moved or deleted',
    });
  });
});

describe('a stage', () => {
  it('is created, read, changed and deleted', async () => {
    await createRoute('join');
    const DeploymentId = await deploy();
    const created = await createStage({ DeploymentId, Description: 'Development' });
    expect(created).toEqual({
      AutoDeploy: false,
      CreatedDate: expect.any(Date),
      DefaultRouteSettings: { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' },
      DeploymentId,
      Description: 'Development',
      LastUpdatedDate: created.CreatedDate,
      RouteSettings: {},
      StageName: 'dev',
      StageVariables: {},
      Tags: {},
    });
    expect(await getStage()).toEqual(created);
    expect((await served.client.send(new GetStagesCommand(api))).Items).toEqual([created]);

    served.pass(5000);
    const next = await deploy();
    expect(await updateStage({ DeploymentId: next })).toEqual({
      ...created,
      DeploymentId: next,
      LastUpdatedDate: new Date(Number(created.CreatedDate) + 5000),
    });

    await served.client.send(new DeleteStageCommand({ ...api, StageName: 'dev' }));
    await expect(getStage()).rejects.toMatchObject({ message: 'Invalid stage identifier specified' });
  });

  it('merges variables and settings; an empty value removes a variable', async () => {
    await createStage({ StageVariables: { a: '1', b: '2' }, DefaultRouteSettings: { ThrottlingBurstLimit: 5 } });
    await updateStage({ RouteSettings: { join: { LoggingLevel: 'INFO' }, $connect: { ThrottlingRateLimit: 0.5 } } });
    const stage = await updateStage({
      StageVariables: { a: '', c: '3' },
      DefaultRouteSettings: { LoggingLevel: 'DEBUG', DataTraceEnabled: true },
      RouteSettings: { join: { ThrottlingBurstLimit: 1 } },
    });
    expect(stage).toMatchObject({
      DefaultRouteSettings: {
        DataTraceEnabled: true,
        DetailedMetricsEnabled: false,
        LoggingLevel: 'OFF',
        ThrottlingBurstLimit: 5,
      },
      RouteSettings: {
        join: { LoggingLevel: 'INFO', ThrottlingBurstLimit: 1 },
        $connect: { ThrottlingRateLimit: 0.5 },
      },
    });
    expect(stage.StageVariables).toEqual({ b: '2', c: '3' });
    expect(await updateStage({ StageVariables: {} })).toEqual(stage);

    const settings = new DeleteRouteSettingsCommand({ ...api, StageName: 'dev', RouteKey: '$connect' });
    await served.client.send(settings);
    expect(Object.keys((await getStage()).RouteSettings as object)).toEqual(['join']);
    await expect(served.client.send(settings)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it.each<[Record<string, unknown>, string]>([
    [
      { StageName: '$default' },
      'StageName is "$default"; expected letters, digits, "_" and "-" for WEBSOCKET protocol Apis.',
    ],
    [{ StageVariables: { 'a-b': '1' } }, 'StageVariables has the key "a-b"; expected letters, digits and underscores.'],
    [
      { StageVariables: { a: 'a b' } },
      '"stageVariables["a"]" is "a b"; expected a match of ^[A-Za-z0-9\\-._~:/?#&=,]*$.',
    ],
    [
      { AutoDeploy: true, DeploymentId: 'abcdef' },
      expect.stringMatching(
        /^Deployment ID cannot be set on this stage \d{12}:[a-z0-9]{10} because AutoDeploy is enabled\.$/,
      ),
    ],
  ])('is refused: %j', async (request, message) => {
    await expect(createStage(request)).rejects.toMatchObject({ name: 'BadRequestException', message });
    expect((await served.client.send(new GetStagesCommand(api))).Items).toEqual([]);
  });

  it('keeps its description when an update has an empty one', async () => {
    await createStage({ Description: 'first' });
    expect(await updateStage({ Description: '' })).toMatchObject({ Description: 'first' });
    expect(await updateStage({ Description: 'second' })).toMatchObject({ Description: 'second' });
    expect(await createStage({ StageName: 'other', Description: '' })).not.toHaveProperty('Description');
  });

  it('is refused with a deployment that does not exist, and when its name is taken', async () => {
    await expect(createStage({ DeploymentId: 'abcdef' })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Deployment identifier specified',
    });
    await createStage({});
    await expect(createStage({})).rejects.toMatchObject({ name: 'ConflictException', message: 'Stage already exists' });
  });

  it('may have any name that is allowed', async () => {
    await createStage({ StageName: '__proto__' });
    await createStage({ StageName: 'constructor' });
    const { Items = [] } = await served.client.send(new GetStagesCommand(api));
    expect(Items.map(({ StageName }) => StageName)).toEqual(['__proto__', 'constructor']);
    await served.client.send(new DeleteStageCommand({ ...api, StageName: '__proto__' }));
    await expect(served.client.send(new GetStageCommand({ ...api, StageName: '__proto__' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('has a hundred variables at most, those it has included', async () => {
    const variables = (prefix: string) =>
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [prefix + index, 'x']));
    await createStage({ StageVariables: variables('a') });
    await expect(updateStage({ StageVariables: variables('b') })).rejects.toThrow(
      'The stage would have 120 variables; expected at most 100.',
    );
  });

  it('is another each time it is created, and the same through its changes', async () => {
    const incarnation = async () => (await readApiHead(store, api.ApiId))?.head.stageIncarnations?.dev;
    await createStage({});
    const first = await incarnation();
    await updateStage({ Description: 'changed' });
    expect(await incarnation()).toBe(first);
    await served.client.send(new DeleteStageCommand({ ...api, StageName: 'dev' }));
    expect(await incarnation()).toBeUndefined();
    await createStage({});
    const second = await incarnation();
    expect([typeof first, typeof second, second === first]).toEqual(['string', 'string', false]);
  });

  it('answers what is asked about settings that no stage has', async () => {
    await createStage({});
    const stage = { ...api, StageName: 'dev' };
    for (const command of [new DeleteAccessLogSettingsCommand(stage), new ResetAuthorizersCacheCommand(stage)]) {
      expect((await served.client.send(command as ResetAuthorizersCacheCommand)).$metadata.httpStatusCode).toBe(204);
    }
  });
});

describe('a stage that deploys automatically', () => {
  it('waits for the first route, and follows every change of the configuration', async () => {
    expect(await createStage({ AutoDeploy: true })).not.toHaveProperty('DeploymentId');
    await createRoute('join');
    const first = await getStage();
    expect(first).toMatchObject({
      LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${first.DeploymentId}'`,
    });
    expect(await listDeployments()).toMatchObject([
      {
        AutoDeployed: true,
        DeploymentId: first.DeploymentId,
        Description: 'Automatic deployment triggered by changes to the Api configuration',
      },
    ]);
    await served.client.send(new UpdateApiCommand({ ...api, RouteSelectionExpression: '$request.body.type' }));
    const second = await getStage();
    expect(second.DeploymentId).not.toBe(first.DeploymentId);
    // What no stage uses any more is gone, so that changes do not pile deployments up.
    expect((await listDeployments()).map(({ DeploymentId }) => DeploymentId)).toEqual([second.DeploymentId]);
    await served.client.send(new UpdateApiCommand({ ...api, Description: 'not part of a deployment' }));
    expect(await getStage()).toEqual(second);
  });

  it('keeps what it serves when its API cannot be deployed, and says why', async () => {
    const created = await createStage({ AutoDeploy: true });
    const noRoutes = 'Deployment attempt failed: At least one route is required before deploying the Api';
    expect(created).toMatchObject({ LastDeploymentStatusMessage: noRoutes });
    const { RouteId } = await createRoute('join');
    const { DeploymentId } = await getStage();
    await served.client.send(new DeleteRouteCommand({ ...api, RouteId: String(RouteId) }));
    expect(await getStage()).toMatchObject({ DeploymentId, LastDeploymentStatusMessage: noRoutes });
    await createRoute('leave');
    const last = await getStage();
    expect(last.DeploymentId).not.toBe(DeploymentId);
    expect(last.LastDeploymentStatusMessage).toBe(
      `Successfully deployed stage with deployment ID '${last.DeploymentId}'`,
    );
  });

  it('deploys when it is made one, and not when it already was', async () => {
    await createRoute('join');
    await createStage({});
    const { DeploymentId } = await updateStage({ AutoDeploy: true });
    expect(DeploymentId).toEqual(expect.any(String));
    expect(await updateStage({ Description: 'same' })).toMatchObject({ DeploymentId });
    await expect(updateStage({ DeploymentId })).rejects.toMatchObject({ name: 'BadRequestException' });
    const manual = await updateStage({ AutoDeploy: false, DeploymentId });
    expect(manual).toMatchObject({ DeploymentId, AutoDeploy: false });
    expect(manual).not.toHaveProperty('LastDeploymentStatusMessage');
  });

  it('is left as it is when another is made one', async () => {
    await createRoute('join');
    await createStage({ AutoDeploy: true });
    const before = await getStage();
    await createStage({ StageName: 'other', AutoDeploy: true });
    expect(await getStage()).toEqual(before);
  });
});

describe('tags', () => {
  it.each(['api', 'stage'])('are merged, read and removed on an %s', async (kind) => {
    await createStage({});
    const path = `arn:aws:apigateway:us-east-1::/apis/${api.ApiId}`;
    const ResourceArn = kind === 'api' ? path : `${path}/stages/dev`;
    const send = (Tags: Record<string, string>) => served.client.send(new TagResourceCommand({ ResourceArn, Tags }));
    expect((await send({ team: 'chat', 'cost/center': '1' })).$metadata.httpStatusCode).toBe(201);
    await send({ team: 'rooms' });
    expect((await served.client.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({
      team: 'rooms',
      'cost/center': '1',
    });
    await served.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team', 'cost/center', 'none'] }));
    expect((await served.client.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({});
  });

  it.each([
    ['apis/abc', 'BadRequestException', "Invalid ARN specified in the request. ARNs must start with 'arn:': apis/abc"],
    [
      'arn:aws:apigateway:eu-west-1::/apis/abc',
      'BadRequestException',
      "Invalid ARN specified in the request. ARNs of this region must start with 'arn:aws:apigateway:us-east-1::/': arn:aws:apigateway:eu-west-1::/apis/abc",
    ],
    ['arn:aws:apigateway:us-east-1::/restapis/abc', 'NotFoundException', 'Invalid Resource identifier specified'],
    ['arn:aws:apigateway:us-east-1::/vpclinks/abc', 'NotFoundException', 'Invalid VpcLink identifier specified'],
    ['arn:aws:apigateway:us-east-1::/apis/abc', 'NotFoundException', 'Invalid API identifier specified'],
  ])('are refused for %s', async (ResourceArn, name, message) => {
    await expect(served.client.send(new GetTagsCommand({ ResourceArn }))).rejects.toMatchObject({ name, message });
  });

  it('are at most fifty', async () => {
    const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${api.ApiId}`;
    const tags = (prefix: string) => Object.fromEntries(Array.from({ length: 30 }, (_, index) => [prefix + index, '']));
    await served.client.send(new TagResourceCommand({ ResourceArn, Tags: tags('a') }));
    await expect(served.client.send(new TagResourceCommand({ ResourceArn, Tags: tags('b') }))).rejects.toThrow(
      'The resource would have 60 tags; expected at most 50.',
    );
  });
});
