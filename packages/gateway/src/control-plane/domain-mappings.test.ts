import {
  type ApiGatewayV2Client,
  CreateApiMappingCommand,
  CreateDomainNameCommand,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteApiMappingCommand,
  DeleteStageCommand,
  GetApiMappingsCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../stores/memory.ts';
import type { Store } from '../stores/store.ts';
import { createApi, type ServedControlPlane, serveControlPlane } from '../testing/serve-control-plane.ts';

const domain = { DomainName: 'chat.example.com' };
const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/one';

describe('a mapping that is made while what it leads to is deleted', () => {
  /** Of two control planes on one store, that which is interrupted right before it writes, and the other. */
  let first: ServedControlPlane;
  let second: ServedControlPlane;
  let interrupt: () => Promise<unknown>;
  let api: { readonly ApiId: string };

  beforeEach(async () => {
    const store = createMemoryStore();
    const commit: Store['commit'] = async (change) => {
      await interrupt();
      return store.commit(change);
    };
    first = await serveControlPlane({ store: { ...store, commit } });
    second = await serveControlPlane({ store });
    api = await createApi(second.client);
    await second.client.send(new CreateStageCommand({ ...api, StageName: 'dev' }));
    await second.client.send(
      new CreateDomainNameCommand({ ...domain, DomainNameConfigurations: [{ CertificateArn }] }),
    );
  });

  afterEach(() => Promise.all([first.close(), second.close()]));

  function interruptOnce(task: () => Promise<unknown>): void {
    interrupt = () => {
      interrupt = async () => {};
      return task();
    };
  }

  const map = ({ client }: ServedControlPlane) =>
    client.send(new CreateApiMappingCommand({ ...domain, ...api, Stage: 'dev' }));
  const listMappings = async () => (await second.client.send(new GetApiMappingsCommand(domain))).Items;

  it.each<[string, (client: ApiGatewayV2Client) => Promise<unknown>, string]>([
    ['API', (client) => client.send(new DeleteApiCommand(api)), 'Invalid API identifier specified'],
    [
      'stage',
      (client) => client.send(new DeleteStageCommand({ ...api, StageName: 'dev' })),
      'Invalid stage identifier specified',
    ],
  ])('is refused when the %s is gone, and keeps it when the mapping was faster', async (_subject, remove, message) => {
    interruptOnce(() => map(second));
    await expect(remove(first.client)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('Please remove all API mappings'),
    });
    const [mapping] = (await listMappings()) ?? [];
    expect(mapping).toMatchObject(api);

    await second.client.send(new DeleteApiMappingCommand({ ...domain, ApiMappingId: mapping?.ApiMappingId }));
    interruptOnce(() => remove(second.client));
    await expect(map(first)).rejects.toMatchObject({ name: 'BadRequestException', message });
    expect(await listMappings()).toEqual([]);
  });
});
