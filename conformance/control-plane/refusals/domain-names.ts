import { certificateArn } from '../world.ts';
import { bad, both, long, type RefusalRow, refused, tooManyTags } from './refusal.ts';

const foreignArn =
  "Invalid ARN specified in the request. ARNs of this region must start with 'arn:aws:apigateway:us-east-1::/': ";

export const badDomainNames: readonly RefusalRow[] = [
  bad('CreateDomainName', { DomainName: 'none' }, /none/),
  bad('CreateDomainName', { DomainNameConfigurations: [] }, 'Invalid input. Expected one domain name configuration'),
  refused(
    409,
    'CreateDomainName',
    () => ({ DomainName: 'base.example.com' }),
    'The domain name resource already exists.',
  ),
  ...both(
    'DomainName',
    { DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: 'EDGE' }] },
    'EDGE endpoint type is not supported for APIGatewayV2 domainName',
  ),
  ...both('DomainName', { DomainNameConfigurations: [{ CertificateArn: 'none' }] }, /certificateArn.*none/i),
  ...both('DomainName', { RoutingMode: 'NONE' }, /routingMode.*NONE/i),
  ...both('DomainName', { MutualTlsAuthentication: { TruststoreUri: 'http://a' } }, /truststoreUri.*http:\/\/a/i),
  ...both(
    'ApiMapping',
    { ApiMappingKey: 'a b' },
    "An ApiMapping key may contain only letters, numbers and one of $-_.+!*'()",
  ),
  ...['CreateApiMapping', 'UpdateApiMapping'].flatMap((operation) => [
    bad(operation, { ApiId: 'none' }, 'Invalid API identifier specified'),
    bad(operation, { Stage: 'none' }, 'Invalid stage identifier specified'),
  ]),
  refused(400, 'DeleteApi', () => ({}), /^Deleting API \w+ failed\. Please remove all API mappings for the API from/),
  refused(400, 'DeleteStage', () => ({}), /^Deleting stage base failed\. Please remove all API mappings for the stage/),
  refused(400, 'CreateApiMapping', ({ HttpApiId }) => ({ ApiId: HttpApiId, ApiMappingKey: 'http' }), /WEBSOCKET.*HTTP/),
  bad('CreateApiMapping', { Stage: undefined }, /"stage" is required/i),
  bad('CreateVpcLink', { SubnetIds: [] }, /SubnetIds/i),
  bad('CreateVpcLink', { Name: undefined }, /"name" is required/i),
  ...both('VpcLink', { Name: long(129) }, /name.*129/i),
  ...['GetTags', 'TagResource', 'UntagResource'].map((operation) =>
    bad(operation, { ResourceArn: 'none' }, "Invalid ARN specified in the request. ARNs must start with 'arn:': none"),
  ),
  ...['GetTags', 'TagResource', 'UntagResource'].flatMap((operation) =>
    ['aws:apigateway:eu-west-1:', 'aws-cn:apigateway:us-east-1:', 'aws:apigateway:us-east-1:123456789012', 'aws:s3::']
      .map((parts) => `arn:${parts}:/apis/none`)
      .map((arn) => bad(operation, { ResourceArn: arn }, `${foreignArn}${arn}`)),
  ),
  bad('TagResource', { Tags: { 'aws:a': 'b' } }, /aws:a/),
  bad('TagResource', { Tags: { a: long(257) } }, /257/),
  bad('TagResource', { Tags: tooManyTags }, /tags/i),
];
