import type { IntegrationCall } from './integration.ts';
import type { RenderedTemplate } from './template/template.ts';

/** A request template of an integration. It never rejects. */
export type RequestTemplate = (call: IntegrationCall) => Promise<RenderedTemplate>;

/**
 * Makes a request template of its text. A text without references and directives is what it renders. The interpreter is
 * loaded by the first call that needs it: a gateway that starts does not wait for it.
 */
export function compileRequestTemplate(
  text: string,
  stageVariables: Readonly<Record<string, string>>,
): RequestTemplate {
  if (!/[$#]/.test(text)) return async () => ({ kind: 'rendered', text });
  let loaded: Promise<(call: IntegrationCall) => RenderedTemplate> | undefined;
  return async (call) => {
    loaded ??= load(text, stageVariables);
    return (await loaded)(call);
  };
}

async function load(
  text: string,
  stageVariables: Readonly<Record<string, string>>,
): Promise<(call: IntegrationCall) => RenderedTemplate> {
  const { compileTemplate, renderTemplate } = await import('./template/template.ts');
  const { makeTemplateVariables } = await import('./template/api-gateway-variables.ts');
  const compiled = compileTemplate(text);
  if (compiled.kind === 'invalid') {
    const { line, column, message } = compiled;
    return () => ({ kind: 'failed', reason: `It is not valid at line ${line}, column ${column}: ${message}` });
  }
  return (call) =>
    renderTemplate(
      compiled.template,
      makeTemplateVariables({
        context: call.context,
        stageVariables,
        body: call.kind === 'message' ? call.text : '',
        ...(call.kind === 'connect' && { handshake: call.handshake }),
      }),
    );
}
