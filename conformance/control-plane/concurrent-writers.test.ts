import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startServing } from '../harness/gatewright.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { type ControlPlaneClient, listAll, type Members, send } from './client.ts';
import { createSdkClient } from './sdk-client.ts';
import { buildWorld, readWorld, type World } from './world.ts';

const writers = Array.from({ length: 50 }, (_, index) => index);

it('fifty writers of one API lose nothing, and all of it is there after a SIGKILL', async () => {
  const folder = await temporaryFolder();
  const serve = ['serve', '--store', `sqlite:${join(folder.path, 'gateway.db')}`];
  const first = await startServing(serve);
  const client = await createSdkClient(first.gateway);
  const world = await buildWorld(client);
  await Promise.all(writers.map((index) => writeAll(client, world, index)));
  await expectAll(client, world, writers.length);
  const before = await readWorld(client);
  await client.close();
  await first.kill();

  const second = await startServing(serve);
  const survivor = await createSdkClient(second.gateway);
  expect(withoutPorts(await readWorld(survivor))).toEqual(withoutPorts(before));
  const others = writers.map((index) => index + writers.length);
  await Promise.all(others.map((index) => writeAll(survivor, world, index)));
  await expectAll(survivor, world, writers.length + others.length);
  await survivor.close();
  expect(await second.stop()).toBe(0);
  await folder.remove();
});

/** One writer's part of everything that merges, and a resource of its own. */
async function writeAll(client: ControlPlaneClient, { ApiId, RouteId, StageName }: World, index: number) {
  const key = `key${index}`;
  await Promise.all([
    send(client, 'UpdateRoute', { ApiId, RouteId, RequestParameters: { [parameter(index)]: { Required: false } } }),
    send(client, 'UpdateStage', {
      ApiId,
      StageName,
      RouteSettings: { [key]: { ThrottlingBurstLimit: index } },
      ...(index < writers.length ? { StageVariables: { [key]: 'x' } } : {}),
    }),
    send(client, 'CreateRoute', { ApiId, RouteKey: key }),
    send(client, 'CreateModel', { ApiId, Name: key, Schema: '{}' }),
    index < 40
      ? send(client, 'TagResource', {
          ResourceArn: `arn:aws:apigateway:us-east-1::/apis/${ApiId}`,
          Tags: { [key]: 'x' },
        })
      : undefined,
  ]);
}

async function expectAll(client: ControlPlaneClient, world: World, count: number): Promise<void> {
  const { ApiId, RouteId, StageName } = world;
  const keys = (length: number) => Array.from({ length }, (_, index) => `key${index}`);
  const { RequestParameters } = await send(client, 'GetRoute', { ApiId, RouteId });
  const { RouteSettings, StageVariables } = await send(client, 'GetStage', { ApiId, StageName });
  const { Tags } = await send(client, 'GetApi', { ApiId });
  expect(Object.keys(RequestParameters as Members)).toEqual(
    expect.arrayContaining(Array.from({ length: count }, (_, index) => parameter(index))),
  );
  expect(Object.keys(RouteSettings as Members)).toEqual(expect.arrayContaining(keys(count)));
  expect(Object.keys(StageVariables as Members).sort()).toEqual(keys(writers.length).sort());
  expect(Object.keys(Tags as Members).sort()).toEqual(keys(40).sort());
  const routes = (await listAll(client, 'GetRoutes', { ApiId })).map(({ RouteKey }) => RouteKey);
  expect(routes.sort()).toEqual([...keys(count), 'base', '$connect'].sort());
  const models = (await listAll(client, 'GetModels', { ApiId })).map(({ Name }) => Name);
  expect(models.sort()).toEqual([...keys(count), 'Used'].sort());
}

function parameter(index: number): string {
  return `route.request.header.h${index}`;
}

/** The addresses of a gateway change with its port. */
function withoutPorts(world: Members): unknown {
  return JSON.parse(JSON.stringify(world).replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1'));
}
