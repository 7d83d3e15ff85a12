import { apiMappingHandlers } from './api-mappings.ts';
import { apiHandlers } from './apis.ts';
import { authorizerHandlers } from './authorizers.ts';
import type { Handler, Handlers } from './context.ts';
import { deploymentHandlers } from './deployments.ts';
import { domainNameHandlers } from './domain-names.ts';
import { httpApiHandlers } from './http-apis/http-apis.ts';
import { integrationResponseHandlers } from './integration-responses.ts';
import { integrationHandlers } from './integrations.ts';
import { modelHandlers } from './models.ts';
import { routeResponseHandlers } from './route-responses.ts';
import { routeHandlers } from './routes.ts';
import { stageHandlers } from './stages.ts';
import { tagHandlers } from './tags.ts';
import { vpcLinkHandlers } from './vpc-links.ts';

/** The operations that are served. */
export const handlers: Handlers = {
  ...apiHandlers,
  ...httpApiHandlers,
  ...integrationHandlers,
  ...integrationResponseHandlers,
  ...modelHandlers,
  ...authorizerHandlers,
  ...routeHandlers,
  ...routeResponseHandlers,
  ...deploymentHandlers,
  ...stageHandlers,
  ...domainNameHandlers,
  ...apiMappingHandlers,
  ...vpcLinkHandlers,
  ...tagHandlers,
};

export function findHandler(operation: string): Handler<never> | undefined {
  return Object.hasOwn(handlers, operation) ? handlers[operation] : undefined;
}
