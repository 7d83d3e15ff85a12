import type { Clock } from '../clock.ts';
import type { IntegrationRecord } from '../model/api-head.ts';
import { type AwsOptions, createAwsEndpoints } from './aws/endpoints.ts';
import { compileAws } from './aws.ts';
import { createHttpClient } from './back-end/http-client.ts';
import { compileHttp } from './http.ts';
import { compileHttpProxy } from './http-proxy.ts';
import type { IntegrationFunction } from './integration.ts';
import { compileLambdaProxy } from './lambda.ts';
import { createMockExchange } from './mock.ts';
import { compileNonProxy } from './non-proxy.ts';
import { compileVpcLink } from './vpc-link.ts';

/** Turns integrations into functions, and owns what those functions share. */
export interface Integrations {
  /** Never throws: an integration that cannot work becomes a function that says why. */
  compile(record: IntegrationRecord, stageVariables: Readonly<Record<string, string>>): IntegrationFunction;
  /** Ends calls under way. */
  close(): Promise<void>;
}

/** @throws GatewayError when an endpoint of AWS services is neither a URL nor `aws`. */
export function createIntegrations(clock: Clock, aws: AwsOptions): Integrations {
  const findEndpoint = createAwsEndpoints(aws);
  const client = createHttpClient(clock);
  const awsServices = { client, clock, findEndpoint };
  return {
    compile(record, stageVariables) {
      const { integration } = record;
      if (integration.connectionType === 'VPC_LINK') return compileVpcLink(integration);
      switch (integration.integrationType) {
        case 'HTTP_PROXY':
          return compileHttpProxy(integration, stageVariables, { client, clock });
        case 'MOCK':
          return compileNonProxy(record, stageVariables, createMockExchange(integration));
        case 'HTTP':
          return compileHttp(record, stageVariables, { client, clock });
        case 'AWS_PROXY':
          return compileLambdaProxy(integration, stageVariables, awsServices);
        case 'AWS':
          return compileAws(record, stageVariables, awsServices);
      }
    },
    close: () => client.close(),
  };
}
