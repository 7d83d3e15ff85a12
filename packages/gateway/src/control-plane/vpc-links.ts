import { createIdentifier } from '../model/identifiers.ts';
import type { VpcLink } from '../model/resources.ts';
import { type ControlPlaneContext, type Handlers, notFound, timestamp } from './context.ts';
import { changeHead } from './heads/change-head.ts';
import { withValues } from './members.ts';
import { type PageInput, readPage, toPage } from './paging.ts';
import { badRequest } from './refuse.ts';

/** Heads of VPC links are kept under this prefix, followed by the link's id. */
export const vpcLinkKeyPrefix = 'vpclink/';

function vpcLinkKey(vpcLinkId: string): string {
  return vpcLinkKeyPrefix + vpcLinkId;
}

interface VpcLinkInput {
  readonly vpcLinkId: string;
}

type CreateVpcLinkInput = Pick<VpcLink, 'name' | 'subnetIds'> & Partial<Pick<VpcLink, 'securityGroupIds' | 'tags'>>;

export const vpcLinkHandlers: Handlers = {
  CreateVpcLink(context, { name, subnetIds, securityGroupIds = [], tags = {} }: CreateVpcLinkInput) {
    if (subnetIds.length === 0) throw badRequest('SubnetIds is empty; expected at least one subnet.');
    // Two at once cannot draw the same: there are 36¹⁰ of them.
    const vpcLinkId = createIdentifier('vpcLink', () => false);
    const link: VpcLink = {
      vpcLinkId,
      name,
      subnetIds,
      securityGroupIds,
      createdDate: timestamp(context),
      tags,
      vpcLinkStatus: 'AVAILABLE',
      vpcLinkVersion: 'V2',
    };
    return changeHead<VpcLink, VpcLink>(context, vpcLinkKey(vpcLinkId), () => ({ value: link, result: link }));
  },

  async GetVpcLink(context, { vpcLinkId }: VpcLinkInput) {
    return requireVpcLink(context, vpcLinkId);
  },

  async GetVpcLinks(context, input: PageInput) {
    const page = readPage('vpclinks', input);
    const range = { after: vpcLinkKey(page.after), limit: page.limit + 1 };
    return toPage(page, await context.heads.list<VpcLink>(vpcLinkKeyPrefix, range), ({ vpcLinkId }) => vpcLinkId);
  },

  UpdateVpcLink(context, { vpcLinkId, ...members }: VpcLinkInput & Partial<Pick<VpcLink, 'name'>>) {
    return changeVpcLink(context, vpcLinkId, (link) => ({ ...link, ...withValues(members) }));
  },

  DeleteVpcLink(context, { vpcLinkId }: VpcLinkInput) {
    return changeHead<VpcLink, object>(context, vpcLinkKey(vpcLinkId), (current) => {
      if (!current) throw notFound('VpcLink');
      return { value: undefined, result: {} };
    });
  },
};

/** @throws ServiceError `NotFoundException` */
export async function requireVpcLink(context: ControlPlaneContext, vpcLinkId: string): Promise<VpcLink> {
  const current = await context.heads.read<VpcLink>(vpcLinkKey(vpcLinkId));
  if (!current) throw notFound('VpcLink');
  return current.value;
}

/** @throws ServiceError `NotFoundException` */
export function changeVpcLink(
  context: ControlPlaneContext,
  vpcLinkId: string,
  change: (link: VpcLink) => VpcLink,
): Promise<VpcLink> {
  return changeHead<VpcLink, VpcLink>(context, vpcLinkKey(vpcLinkId), (current) => {
    if (!current) throw notFound('VpcLink');
    const link = change(current);
    return { value: link, result: link };
  });
}
