import type { Integration } from '../model/resources.ts';
import { failing, type IntegrationFunction } from './integration.ts';

/** What is not built yet refuses: clients get the service's error, the owner learns the reason. */
export function compileNotImplemented(integration: Integration): IntegrationFunction {
  return failing(
    'unsupported',
    `Integration "${integration.integrationId}" is of type "${integration.integrationType}", which this gateway cannot call yet; "HTTP_PROXY" or "MOCK" is expected.`,
  );
}
