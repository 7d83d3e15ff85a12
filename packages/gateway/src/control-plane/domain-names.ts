import { ServiceError } from '../api/errors.ts';
import { isCertificateArn, partitionOf } from '../model/arn.ts';
import { hostedZoneOf } from '../model/hosted-zones.ts';
import { createIdentifier } from '../model/identifiers.ts';
import type { Api, DomainName, DomainNameConfiguration } from '../model/resources.ts';
import { type DomainRecord, domainKey, domainKeyPrefix } from '../stores/domain-heads.ts';
import type { ControlPlaneContext, Handlers } from './context.ts';
import { requireApi } from './heads/change-api.ts';
import { changeHead } from './heads/change-head.ts';
import { withValues } from './members.ts';
import { type PageInput, readPage, toPage } from './paging.ts';
import { badRequest } from './refuse.ts';

type MutualTlsAuthentication = NonNullable<DomainName['mutualTlsAuthentication']>;

type DomainNameMembers = Partial<
  Pick<DomainName, 'domainNameConfigurations' | 'mutualTlsAuthentication' | 'routingMode' | 'tags'>
>;

interface DomainInput {
  readonly domainName: string;
}

export const domainNameHandlers: Handlers = {
  CreateDomainName(context, { domainName, tags = {}, ...members }: DomainInput & DomainNameMembers) {
    return changeHead<DomainRecord, DomainName>(context, domainKey(domainName), (current) => {
      if (current) throw new ServiceError('ConflictException', 'The domain name resource already exists.');
      const name = domainName.toLowerCase();
      const created = {
        domainName: name,
        domainNameArn: `arn:${partitionOf(context.region)}:apigateway:${context.region}::/domainnames/${name}`,
        apiMappingSelectionExpression: '$request.basepath',
        ...(Object.keys(tags).length > 0 ? { tags } : {}),
      };
      const endpoint = `d-${createIdentifier('domainName', () => false)}.execute-api.${context.region}.amazonaws.com`;
      const hostedZoneId = hostedZoneOf(context.region);
      const domain = completeDomainName(created, members, {
        apiGatewayDomainName: endpoint,
        ...(hostedZoneId === undefined ? {} : { hostedZoneId }),
      });
      return { value: { domainName: domain, apiMappings: {} }, result: domain };
    });
  },

  async GetDomainName(context, { domainName }: DomainInput) {
    return (await requireDomain(context, domainName)).domainName;
  },

  async GetDomainNames(context, input: PageInput) {
    const page = readPage('domainnames', input);
    const range = { after: domainKey(page.after), limit: page.limit + 1 };
    const found = (await context.heads.list<DomainRecord>(domainKeyPrefix, range)).map(({ domainName }) => domainName);
    return toPage(page, found, ({ domainName }) => domainName);
  },

  UpdateDomainName(context, { domainName, ...members }: DomainInput & DomainNameMembers) {
    return changeHead<DomainRecord, DomainName>(context, domainKey(domainName), async (current) => {
      if (!current) throw domainNotFound();
      const [configuration = {}] = current.domainName.domainNameConfigurations;
      const domain = completeDomainName(current.domainName, members, configuration);
      if (members.mutualTlsAuthentication) await checkMappings(context, { ...current, domainName: domain });
      return { value: { ...current, domainName: domain }, result: domain };
    });
  },

  DeleteDomainName(context, { domainName }: DomainInput) {
    return changeHead<DomainRecord, undefined>(context, domainKey(domainName), (current) => {
      if (!current) throw domainNotFound();
      return { value: undefined, result: undefined };
    });
  },
};

/** @throws ServiceError `NotFoundException` */
export async function requireDomain(context: ControlPlaneContext, domainName: string): Promise<DomainRecord> {
  const current = await context.heads.read<DomainRecord>(domainKey(domainName));
  if (!current) throw domainNotFound();
  return current.value;
}

/** In the words of the service. */
export function domainNotFound(): ServiceError {
  return new ServiceError('NotFoundException', 'The domain name resource specified in the request was not found.', {
    resourceType: 'DomainName',
  });
}

const configurationDefaults = {
  endpointType: 'REGIONAL',
  securityPolicy: 'TLS_1_2',
  ipAddressType: 'ipv4',
  domainNameStatus: 'AVAILABLE',
} as const;

/** MutualTlsAuthentication, "truststoreUri": an object of Amazon S3. */
const truststoreUriPattern = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[^\s]+$/;

/** The developer guide, "Custom domain names for WebSocket APIs": regional, TLS 1.2, one configuration. */
function completeDomainName(
  current: Omit<DomainName, 'domainNameConfigurations' | 'routingMode'> & Partial<DomainName>,
  { domainNameConfigurations, mutualTlsAuthentication: tls, ...members }: DomainNameMembers,
  configuration: DomainNameConfiguration,
): DomainName {
  const { mutualTlsAuthentication: currentTls, ...others } = current;
  const mutualTlsAuthentication = completeMutualTls(currentTls, tls);
  return {
    routingMode: 'API_MAPPING_ONLY',
    ...others,
    ...withValues(members),
    ...(mutualTlsAuthentication ? { mutualTlsAuthentication } : {}),
    domainNameConfigurations: [
      completeConfiguration(configuration, domainNameConfigurations ?? current.domainNameConfigurations ?? []),
    ],
  };
}

/** An empty URI ends mutual TLS: the developer guide, "Disable mutual TLS for a custom domain name". */
function completeMutualTls(
  current: MutualTlsAuthentication | undefined,
  members: MutualTlsAuthentication | undefined,
): MutualTlsAuthentication | undefined {
  if (members === undefined || members.truststoreUri === '') return members ? undefined : current;
  const authentication = withValues({ ...current, ...members });
  const { truststoreUri = '' } = authentication;
  if (truststoreUriPattern.test(truststoreUri)) return authentication;
  throw badRequest(`MutualTlsAuthentication.TruststoreUri is "${truststoreUri}"; expected s3://{bucket}/{key}.`);
}

/** What a request may repeat of an answer, and cannot set. */
const answeredMembers = [
  'apiGatewayDomainName',
  'certificateUploadDate',
  'domainNameStatus',
  'domainNameStatusMessage',
  'hostedZoneId',
];

function completeConfiguration(
  current: DomainNameConfiguration,
  configurations: readonly DomainNameConfiguration[],
): DomainNameConfiguration {
  const [members] = configurations;
  if (members === undefined || configurations.length > 1) {
    throw badRequest('Invalid input. Expected one domain name configuration');
  }
  const configuration = withValues({
    ...configurationDefaults,
    ...current,
    ...Object.fromEntries(Object.entries(members).filter(([member]) => !answeredMembers.includes(member))),
  });
  const { certificateArn = '', endpointType, ownershipVerificationCertificateArn, securityPolicy } = configuration;
  checkCertificate('CertificateArn', certificateArn);
  if (ownershipVerificationCertificateArn !== undefined) {
    checkCertificate('OwnershipVerificationCertificateArn', ownershipVerificationCertificateArn);
  }
  if (endpointType !== 'REGIONAL') {
    throw badRequest(`${endpointType} endpoint type is not supported for APIGatewayV2 domainName`);
  }
  if (securityPolicy !== 'TLS_1_2') throw badRequest(`SecurityPolicy is "${securityPolicy}"; expected "TLS_1_2".`);
  return configuration;
}

/** All mappings of a domain are to APIs of one protocol. */
async function checkMappings(context: ControlPlaneContext, { domainName, apiMappings }: DomainRecord): Promise<void> {
  const [mapping] = Object.values(apiMappings);
  if (mapping) checkMutualTls(domainName, (await requireApi(context, mapping.apiId)).api);
}

/**
 * The developer guide, "Custom domain names for WebSocket APIs": mutual TLS is for other APIs.
 *
 * @throws ServiceError `BadRequestException`
 */
export function checkMutualTls(
  { mutualTlsAuthentication }: DomainName,
  { protocolType }: Pick<Api, 'protocolType'>,
): void {
  if (protocolType !== 'WEBSOCKET' || !mutualTlsAuthentication) return;
  throw badRequest('A domain name with mutual TLS cannot be mapped to an API of protocol WEBSOCKET.');
}

/** DomainNameConfiguration, "certificateArn": AWS Certificate Manager is the only source that is supported. */
function checkCertificate(member: string, arn: string): void {
  if (isCertificateArn(arn)) return;
  throw badRequest(`${member} is "${arn}"; expected arn:{partition}:acm:{region}:{account}:certificate/{id}.`);
}
