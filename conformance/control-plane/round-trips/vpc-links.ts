import { date, id, type RoundTrip } from './round-trip.ts';

export const vpcLinks: readonly RoundTrip[] = [
  {
    title: 'a VPC link',
    resource: 'VpcLink',
    idMember: 'VpcLinkId',
    create: () => ({ Name: 'inside', SubnetIds: ['subnet-a'], Tags: { VpcLinkId: 'a' } }),
    defaults: {
      CreatedDate: date,
      SecurityGroupIds: [],
      VpcLinkId: id(10),
      VpcLinkStatus: 'AVAILABLE',
      VpcLinkVersion: 'V2',
    },
    update: () => ({ Name: 'within' }),
  },
];
