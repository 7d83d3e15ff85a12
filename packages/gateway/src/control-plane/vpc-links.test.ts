import {
  CreateVpcLinkCommand,
  DeleteVpcLinkCommand,
  GetTagsCommand,
  GetVpcLinkCommand,
  GetVpcLinksCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateVpcLinkCommand,
} from '@aws-sdk/client-apigatewayv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { members, type ServedControlPlane, serveControlPlane } from '../testing/serve-control-plane.ts';

let served: ServedControlPlane;

beforeEach(async () => {
  served = await serveControlPlane();
});

afterEach(() => served.close());

const request = { Name: 'inside', SubnetIds: ['subnet-a', 'subnet-b'] };

describe('a VPC link', () => {
  it('is created, read, changed and deleted', async () => {
    const created = await members(served.client.send(new CreateVpcLinkCommand(request)));
    expect(created).toEqual({
      ...request,
      CreatedDate: expect.any(Date),
      SecurityGroupIds: [],
      Tags: {},
      VpcLinkId: expect.stringMatching(/^[a-z0-9]{10}$/),
      VpcLinkStatus: 'AVAILABLE',
      VpcLinkVersion: 'V2',
    });
    const link = { VpcLinkId: String(created.VpcLinkId) };
    expect(await members(served.client.send(new GetVpcLinkCommand(link)))).toEqual(created);
    const changed = { ...created, Name: 'within' };
    expect(await members(served.client.send(new UpdateVpcLinkCommand({ ...link, Name: 'within' })))).toEqual(changed);
    expect((await served.client.send(new GetVpcLinksCommand({}))).Items).toEqual([changed]);

    const deletion = new DeleteVpcLinkCommand(link);
    expect((await served.client.send(deletion)).$metadata.httpStatusCode).toBe(202);
    await expect(served.client.send(deletion)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid VpcLink identifier specified',
    });
    expect((await served.client.send(new GetVpcLinksCommand({}))).Items).toEqual([]);
  });

  it('has tags', async () => {
    const { VpcLinkId } = await served.client.send(new CreateVpcLinkCommand({ ...request, Tags: { team: 'chat' } }));
    const resource = { ResourceArn: `arn:aws:apigateway:us-east-1::/vpclinks/${VpcLinkId}` };
    await served.client.send(new TagResourceCommand({ ...resource, Tags: { stage: 'dev' } }));
    await served.client.send(new UntagResourceCommand({ ...resource, TagKeys: ['team'] }));
    expect((await served.client.send(new GetTagsCommand(resource))).Tags).toEqual({ stage: 'dev' });
  });

  it('needs a subnet', async () => {
    const unnamed = served.client.send(new CreateVpcLinkCommand({ ...request, SubnetIds: [''] }));
    await expect(unnamed).rejects.toThrow('"subnetIds[0]" is empty; expected at least 1 character.');
    const empty = served.client.send(new CreateVpcLinkCommand({ ...request, SubnetIds: [] }));
    await expect(empty).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'SubnetIds is empty; expected at least one subnet.',
    });
  });
});
