import { expect } from 'vitest';
import { certificateArn } from '../world.ts';
import { id, type RoundTrip } from './round-trip.ts';

export const domainNames: readonly RoundTrip[] = [
  {
    title: 'a custom domain name',
    resource: 'DomainName',
    idMember: 'DomainName',
    create: () => ({
      DomainName: 'chat.example.com',
      DomainNameConfigurations: [{ CertificateArn: certificateArn }],
      Tags: { team: 'chat' },
    }),
    defaults: {
      ApiMappingSelectionExpression: '$request.basepath',
      DomainNameArn: expect.stringMatching(/^arn:aws:apigateway:us-east-1::\/domainnames\/chat/),
      DomainNameConfigurations: [
        {
          ApiGatewayDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
          CertificateArn: certificateArn,
          DomainNameStatus: 'AVAILABLE',
          EndpointType: 'REGIONAL',
          HostedZoneId: 'Z1UJRXOUMOOFQ8',
          IpAddressType: 'ipv4',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
      RoutingMode: 'API_MAPPING_ONLY',
    },
    another: (index) => ({ DomainName: `chat${index}.example.com` }),
    update: () => ({ RoutingMode: 'ROUTING_RULE_THEN_API_MAPPING' }),
  },
  {
    title: 'an API mapping',
    resource: 'ApiMapping',
    idMember: 'ApiMappingId',
    parents: { DomainName: 'DomainName' },
    create: ({ ApiId, StageName }) => ({ ApiId, Stage: StageName, ApiMappingKey: 'chat' }),
    defaults: { ApiMappingId: id(6) },
    another: (index) => ({ ApiMappingKey: `chat/${index}` }),
    update: ({ ApiId }) => ({ ApiId, Stage: 'automatic', ApiMappingKey: 'rooms' }),
  },
];
