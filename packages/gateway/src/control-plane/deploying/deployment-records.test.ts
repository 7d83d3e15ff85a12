import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteDeploymentCommand,
  DeleteStageCommand,
  GetStageCommand,
  UpdateDeploymentCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readApiHead, readDeployedConfiguration } from '../../stores/api-heads.ts';
import { deploymentKey, deploymentsKeyPrefix } from '../../stores/deployment-heads.ts';
import { createMemoryStore } from '../../stores/memory.ts';
import { openSqliteStore } from '../../stores/sqlite.ts';
import type { Store } from '../../stores/store.ts';
import { createApi, type ServedControlPlane, serveControlPlane } from '../../testing/serve-control-plane.ts';
import { defaultQuotas } from '../quotas.ts';
import { resetConfiguration } from '../reset.ts';

let store: Store;
let served: ServedControlPlane;
let api: { readonly ApiId: string };

beforeEach(async () => {
  store = createMemoryStore();
  served = await serveControlPlane({ store });
  api = await createApi(served.client);
  await served.client.send(new CreateRouteCommand({ ...api, RouteKey: 'join' }));
});

afterEach(() => served.close());

async function deploy(): Promise<string> {
  const { DeploymentId } = await served.client.send(new CreateDeploymentCommand(api));
  return String(DeploymentId);
}

const createStage = (request: object = {}) =>
  served.client.send(new CreateStageCommand({ ...api, StageName: 'dev', ...request }));
const updateStage = (request: object) =>
  served.client.send(new UpdateStageCommand({ ...api, StageName: 'dev', ...request }));

/** The ids of what the store keeps. */
async function keptDeployments(apiId = api.ApiId): Promise<readonly string[]> {
  const prefix = deploymentsKeyPrefix(apiId);
  return (await store.heads(prefix, { limit: 1000 })).map(({ key }) => key.slice(prefix.length));
}

async function readHead() {
  const stored = await readApiHead(store, api.ApiId);
  if (!stored) throw new Error('The API is gone.');
  return stored.head;
}

describe('deployments', () => {
  it('stand beside the record of their API, which has only those that stages use', async () => {
    const [first, second] = [await deploy(), await deploy()];
    expect(Object.keys((await readHead()).deployed)).toEqual([]);
    await createStage({ DeploymentId: first });
    expect(Object.keys((await readHead()).deployed)).toEqual([first]);
    await updateStage({ DeploymentId: second });
    expect(Object.keys((await readHead()).deployed)).toEqual([second]);
    expect(await readDeployedConfiguration(store, await readHead(), second)).toMatchObject({
      routes: (await readHead()).configuration.routes,
    });
    await updateStage({ DeploymentId: '' });
    expect(Object.keys((await readHead()).deployed)).toEqual([]);
    expect(await keptDeployments()).toEqual([first, second].sort());
  });

  it('go with their API', async () => {
    const other = await createApi(served.client);
    await served.client.send(new CreateRouteCommand({ ...other, RouteKey: 'join' }));
    await served.client.send(new CreateDeploymentCommand(other));
    for (let count = 0; count < 3; count += 1) await deploy();
    await served.client.send(new DeleteApiCommand(api));
    expect([await keptDeployments(), (await keptDeployments(other.ApiId)).length]).toEqual([[], 1]);
  });

  it('go with an API that another replaces', async () => {
    await deploy();
    const command = new CreateApiCommand({
      Name: 'again',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-gatewright-api-id'] = api.ApiId;
        return next(args);
      },
      { step: 'build' },
    );
    await served.client.send(command);
    expect(await keptDeployments()).toEqual([]);
  });

  it('go when everything is reset', async () => {
    await deploy();
    await resetConfiguration(store);
    expect(await keptDeployments()).toEqual([]);
  });

  it('go when they were automatic and their stage is deleted, unless another stage uses them', async () => {
    await createStage({ AutoDeploy: true });
    const [automatic = ''] = await keptDeployments();
    await createStage({ StageName: 'other', DeploymentId: automatic });
    await served.client.send(new DeleteStageCommand({ ...api, StageName: 'dev' }));
    expect(await keptDeployments()).toEqual([automatic]);
    await served.client.send(new DeleteStageCommand({ ...api, StageName: 'other' }));
    expect(await keptDeployments()).toEqual([]);
  });

  it('go when they were automatic, a stage left them for one made by hand, and a stage deploys automatically again', async () => {
    await createStage({ AutoDeploy: true });
    const [left = ''] = await keptDeployments();
    const DeploymentId = await deploy();
    await updateStage({ AutoDeploy: false, DeploymentId });
    expect(await keptDeployments()).toEqual([left, DeploymentId].sort());
    await updateStage({ AutoDeploy: true });
    const [automatic = ''] = Object.keys((await readHead()).deployed);
    expect(await keptDeployments()).toEqual([automatic, DeploymentId].sort());
    await updateStage({ AutoDeploy: false });
    await updateStage({ AutoDeploy: true });
    expect((await keptDeployments()).filter((id) => id === automatic)).toEqual([]);
  });

  it('stay when they were made by hand and their stage is deleted', async () => {
    const DeploymentId = await deploy();
    await createStage({ DeploymentId });
    await served.client.send(new DeleteStageCommand({ ...api, StageName: 'dev' }));
    expect(await keptDeployments()).toEqual([DeploymentId]);
  });

  it('are not deleted by one process while another gives them to a stage', async () => {
    await createStage();
    const DeploymentId = await deploy();
    const other = await serveControlPlane({ store });
    const outcomes = await Promise.allSettled([
      updateStage({ DeploymentId }),
      other.client.send(new DeleteDeploymentCommand({ ...api, DeploymentId })),
    ]);
    const stage = await served.client.send(new GetStageCommand({ ...api, StageName: 'dev' }));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await keptDeployments()).includes(DeploymentId)).toBe(stage.DeploymentId === DeploymentId);
    await other.close();
  });

  it('are changed by both of two processes, one after the other', async () => {
    const deployment = { ...api, DeploymentId: await deploy() };
    const other = await serveControlPlane({ store });
    const descriptions = Array.from({ length: 6 }, (_, index) => `changed ${index}`);
    await Promise.all(
      descriptions.map((Description, index) =>
        (index % 2 === 0 ? served : other).client.send(new UpdateDeploymentCommand({ ...deployment, Description })),
      ),
    );
    const stored = await store.head(deploymentKey(api.ApiId, deployment.DeploymentId));
    expect(stored?.revision).toBe(7);
    await other.close();
  });

  it('may be as many as one likes, where their quota is infinite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatewright-deployments-'));
    const file = await openSqliteStore(join(folder, 'store.db'));
    const { client, close } = await serveControlPlane({
      store: file,
      quotas: { ...defaultQuotas, deployments: Number.POSITIVE_INFINITY },
    });
    const created = await createApi(client);
    await client.send(new CreateRouteCommand({ ...created, RouteKey: 'join' }));
    expect(await client.send(new CreateDeploymentCommand(created))).toMatchObject({ DeploymentStatus: 'DEPLOYED' });
    await close();
    await file.close();
    await rm(folder, { recursive: true });
  });
});
