import type { IntegrationCall } from '../integration.ts';
import { makeTemplateVariables } from '../template/api-gateway-variables.ts';
import type { ResponseOverride } from '../template/response-override.ts';
import { compileTemplate, renderTemplate } from '../template/template.ts';

/** What a mapping template is rendered for. */
interface TemplateSubject {
  readonly call: IntegrationCall;
  /** What `$input` reads: the client's message, or the back end's answer. */
  readonly body: string;
  /** `$context` variables that are not the request's own, as `status`. */
  readonly contextVariables?: ReadonlyMap<string, string>;
  /** Takes what a response template sets in `$context.responseOverride`. */
  readonly responseOverride?: ResponseOverride;
}

type MappedText =
  | { readonly kind: 'rendered'; readonly text: string }
  /** A sentence that names the place in the template. */
  | { readonly kind: 'failed'; readonly reason: string };

/** A request or response template of an integration. */
export type MappingTemplate = (subject: TemplateSubject) => MappedText;

/**
 * Makes a mapping template of its text, which is compiled for the first call: of a stage's many templates a client needs few. A
 * text without references and directives is what it renders.
 */
export function compileMappingTemplate(
  text: string,
  stageVariables: Readonly<Record<string, string>>,
): MappingTemplate {
  if (!/[$#]/.test(text)) return () => ({ kind: 'rendered', text });
  let render: MappingTemplate | undefined;
  return (subject) => {
    render ??= compile(text, stageVariables);
    return render(subject);
  };
}

function compile(text: string, stageVariables: Readonly<Record<string, string>>): MappingTemplate {
  const compiled = compileTemplate(text);
  if (compiled.kind === 'invalid') {
    const { line, column, message } = compiled;
    return () => ({ kind: 'failed', reason: `It is not valid at line ${line}, column ${column}: ${message}` });
  }
  return ({ call, body, contextVariables, responseOverride }) => {
    const variables = makeTemplateVariables({
      context: call.context,
      stageVariables,
      body,
      ...(call.kind === 'connect' && { handshake: call.handshake }),
      ...(contextVariables && { contextVariables }),
      ...(responseOverride && { responseOverride: responseOverride.value }),
    });
    const rendered = renderTemplate(compiled.template, variables);
    if (rendered.kind === 'rendered') return rendered;
    return { kind: 'failed', reason: `At line ${rendered.line}, column ${rendered.column}: ${rendered.reason}` };
  };
}
