import type { IntegrationCall } from '../integration.ts';
import type { TemplateScope } from './api-gateway-variables.ts';

/** What the request templates of an integration are rendered about. */
export function requestScope(call: IntegrationCall, stageVariables: Readonly<Record<string, string>>): TemplateScope {
  return {
    context: call.context,
    stageVariables,
    body: call.kind === 'message' ? call.text : '',
    ...(call.kind === 'connect' && { handshake: call.handshake }),
  };
}
