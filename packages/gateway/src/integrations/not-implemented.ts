import type { Integration } from '../model/resources.ts';
import { failing, type IntegrationFunction } from './integration.ts';

/** What is not built yet refuses: clients get the service's error, the owner learns the reason. */
export function compileNotImplemented(integration: Integration): IntegrationFunction {
  return failing(
    'unsupported',
    `Integration "${integration.integrationId}" is of type "${integration.integrationType}", which this gateway cannot call yet; "AWS_PROXY", "HTTP", "HTTP_PROXY" or "MOCK" is expected.`,
  );
}

/** A back end in a private network is never looked for in another. */
export function compileVpcLink(integration: Integration): IntegrationFunction {
  return failing(
    'unsupported',
    `Integration "${integration.integrationId}" goes through the VPC link "${integration.connectionId}", which this gateway cannot reach; the connection type "INTERNET" is expected.`,
  );
}
