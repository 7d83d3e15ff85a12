import type { Integration } from '../model/resources.ts';
import { failing, type IntegrationFunction } from './integration.ts';

/** A back end in a private network is never looked for in another. */
export function compileVpcLink(integration: Integration): IntegrationFunction {
  return failing(
    'unsupported',
    `Integration "${integration.integrationId}" goes through the VPC link "${integration.connectionId}", which this gateway cannot reach; the connection type "INTERNET" is expected.`,
  );
}
