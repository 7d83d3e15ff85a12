import type { Integration } from '../../model/resources.ts';
import type { IntegrationCall, IntegrationFailure } from '../integration.ts';
import { convertToBinary } from './content-handling.ts';
import { compileTemplates, type KeyedTemplate, type SelectableTemplates } from './template-selection.ts';

type RequestBody =
  | { readonly kind: 'body'; readonly body: string | Uint8Array; readonly templateKey?: string }
  | { readonly kind: 'failed'; readonly cause: IntegrationFailure; readonly reason: string };

export type CompiledRequestBody =
  | { readonly kind: 'request-body'; readonly make: (call: IntegrationCall) => RequestBody }
  | { readonly kind: 'invalid'; readonly message: string };

/**
 * Compiles what a non-proxy integration sends: a request template's text or, as `passthroughBehavior` allows, the message
 * itself, then `contentHandlingStrategy`. See the developer guide, "Setting up data transformation for WebSocket APIs".
 */
export function compileRequestBody(
  integration: Integration,
  stageVariables: Readonly<Record<string, string>>,
): CompiledRequestBody {
  const { requestTemplates, templateSelectionExpression } = integration;
  const compiled = compileTemplates(requestTemplates, templateSelectionExpression, stageVariables);
  if (compiled.kind === 'invalid') return compiled;
  const { templates } = compiled;
  const passesThrough = mayPassThrough(integration, templates);
  return {
    kind: 'request-body',
    make(call) {
      const message = call.kind === 'message' ? call.text : '';
      const template = templates.select({ body: call.kind === 'message' ? call.json : undefined });
      if (template) return convert(integration, render(integration, template, call, message));
      return passesThrough ? convert(integration, { kind: 'body', body: message }) : withoutTemplate(integration);
    },
  };
}

/** The API reference, CreateIntegration, "passthroughBehavior". */
function mayPassThrough({ passthroughBehavior }: Integration, templates: SelectableTemplates): boolean {
  switch (passthroughBehavior) {
    case 'NEVER':
      return false;
    case 'WHEN_NO_TEMPLATES':
      return templates.isEmpty;
    default:
      return true;
  }
}

function render(
  { integrationId }: Integration,
  { key, render: renderTemplate }: KeyedTemplate,
  call: IntegrationCall,
  body: string,
): RequestBody {
  const rendered = renderTemplate({ call, body });
  if (rendered.kind === 'rendered') return { kind: 'body', body: rendered.text, templateKey: key };
  const reason = `The request template "${key}" of integration "${integrationId}" cannot be rendered: ${rendered.reason}`;
  return { kind: 'failed', cause: 'misconfigured', reason };
}

function convert({ contentHandlingStrategy, integrationId }: Integration, made: RequestBody): RequestBody {
  if (made.kind === 'failed' || contentHandlingStrategy !== 'CONVERT_TO_BINARY') return made;
  const body = convertToBinary(String(made.body));
  if (body) return { ...made, body };
  const reason = `Integration "${integrationId}" converts its request to binary, and the request is not in Base64.`;
  return { kind: 'failed', cause: 'misconfigured', reason };
}

function withoutTemplate({ integrationId, passthroughBehavior }: Integration): RequestBody {
  const reason = `No request template of integration "${integrationId}" was selected, there is none under "$default", and its passthrough behavior is "${passthroughBehavior}".`;
  return { kind: 'failed', cause: 'no-template', reason };
}
