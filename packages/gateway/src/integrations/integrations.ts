import type { Clock } from '../clock.ts';
import type { Integration } from '../model/resources.ts';
import { createHttpClient } from './http-client.ts';
import { compileHttpProxy } from './http-proxy.ts';
import type { IntegrationFunction } from './integration.ts';
import { compileMock } from './mock.ts';
import { compileNotImplemented, compileVpcLink } from './not-implemented.ts';

/** Turns integrations into functions, and owns what those functions share. */
export interface Integrations {
  /** Never throws: an integration that cannot work becomes a function that says why. */
  compile(integration: Integration, stageVariables: Readonly<Record<string, string>>): IntegrationFunction;
  /** Ends calls under way. */
  close(): Promise<void>;
}

export function createIntegrations(clock: Clock): Integrations {
  const client = createHttpClient(clock);
  return {
    compile(integration, stageVariables) {
      if (integration.connectionType === 'VPC_LINK') return compileVpcLink(integration);
      switch (integration.integrationType) {
        case 'HTTP_PROXY':
          return compileHttpProxy(integration, stageVariables, { client, clock });
        case 'MOCK':
          return compileMock(integration, stageVariables);
        case 'AWS':
        case 'AWS_PROXY':
        case 'HTTP':
          return compileNotImplemented(integration);
      }
    },
    close: () => client.close(),
  };
}
