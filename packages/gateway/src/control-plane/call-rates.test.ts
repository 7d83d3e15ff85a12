import {
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateRouteCommand,
  DeleteApiCommand,
  GetApisCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../stores/memory.ts';
import { createApi, type ServedControlPlane, serveControlPlane } from '../testing/serve-control-plane.ts';
import { defaultQuotas } from './quotas.ts';

const tooMany = { name: 'TooManyRequestsException', message: 'Too Many Requests', $metadata: { httpStatusCode: 429 } };

describe('the limits of an account', () => {
  let served: ServedControlPlane;

  beforeEach(async () => {
    served = await serveControlPlane({ limits: 'aws' });
  });

  afterEach(() => served.close());

  it('allow forty calls at once, and ten a second', async () => {
    const list = () => served.client.send(new GetApisCommand({}));
    for (let call = 0; call < 40; call += 1) await list();
    await expect(list()).rejects.toMatchObject(tooMany);
    served.pass(100);
    await list();
    await expect(list()).rejects.toMatchObject(tooMany);
  });

  it('allow one deployment in five seconds', async () => {
    const api = await createApi(served.client);
    await served.client.send(new CreateRouteCommand({ ...api, RouteKey: 'join' }));
    const deploy = () => served.client.send(new CreateDeploymentCommand(api));
    await deploy();
    await expect(deploy()).rejects.toMatchObject(tooMany);
    served.pass(5_000);
    await deploy();
  });

  it('allow to delete one API in thirty seconds', async () => {
    const apis = [await createApi(served.client), await createApi(served.client)];
    const [first, second] = apis.map((api) => () => served.client.send(new DeleteApiCommand(api)));
    await first?.();
    served.pass(29_999);
    await expect(second?.()).rejects.toMatchObject(tooMany);
    served.pass(1);
    await second?.();
  });

  it('allow 600 APIs', async () => {
    const store = createMemoryStore();
    const head = (_: unknown, index: number) => ({ key: `api/a${index}`, expectedRevision: 0, value: '{}' });
    await store.commit({ objects: [], heads: Array.from({ length: 599 }, head) });
    const full = await serveControlPlane({ limits: 'aws', store });
    await createApi(full.client);
    await expect(createApi(full.client)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message:
        'Maximum number of APIs for this account has been reached. Please contact AWS if you need additional APIs.',
      LimitType: 'ApisPerAccount',
    });
    await full.close();
  });
});

describe('the quotas of an API', () => {
  it('can be set', async () => {
    const served = await serveControlPlane({ quotas: { ...defaultQuotas, routes: 1 } });
    const { ApiId } = await served.client.send(
      new CreateApiCommand({ Name: 'a', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: 'a' }),
    );
    await served.client.send(new CreateRouteCommand({ ApiId, RouteKey: 'one' }));
    await expect(served.client.send(new CreateRouteCommand({ ApiId, RouteKey: 'two' }))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      LimitType: 'RoutesPerApi',
    });
    await served.close();
  });
});
