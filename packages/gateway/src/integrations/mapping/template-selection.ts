import {
  evaluateSelectionExpression,
  indexBySelectedKey,
  parseSelectionExpression,
  type SelectionScope,
} from '../../model/selection-expression.ts';
import { compileMappingTemplate, type MappingTemplate } from './mapping-template.ts';

export interface KeyedTemplate {
  readonly key: string;
  readonly render: MappingTemplate;
}

export type CompiledTemplates =
  | { readonly kind: 'templates'; readonly templates: SelectableTemplates }
  | { readonly kind: 'invalid'; readonly message: string };

/** The request templates of an integration, or the response templates of an integration response. */
export interface SelectableTemplates {
  readonly isEmpty: boolean;
  /** The template whose key the expression gives, else the one under `$default`, else `undefined`. */
  select(scope: SelectionScope): KeyedTemplate | undefined;
}

/** Where the template stands that is taken when nothing selects another. */
const defaultTemplateKey = '$default';

/** Without a template selection expression also the key of JSON is taken, as published configurations rely on. */
const keysWithoutExpression: readonly string[] = [defaultTemplateKey, 'application/json'];

/**
 * Compiles templates with the expression that selects one of them. See the developer guide, "Template selection
 * expressions" (WebSocket APIs).
 */
export function compileTemplates(
  texts: Readonly<Record<string, string>> | undefined,
  expression: string | undefined,
  stageVariables: Readonly<Record<string, string>>,
): CompiledTemplates {
  const compiled = new Map(
    [...indexBySelectedKey(texts ?? {})].map(([key, text]) => [
      key,
      { key, render: compileMappingTemplate(text, stageVariables) },
    ]),
  );
  const isEmpty = compiled.size === 0;
  if (expression === undefined) {
    const chosen = keysWithoutExpression.map((key) => compiled.get(key)).find((template) => template !== undefined);
    return { kind: 'templates', templates: { isEmpty, select: () => chosen } };
  }
  const parsed = parseSelectionExpression(expression);
  if (parsed.kind === 'invalid') return parsed;
  const select = (scope: SelectionScope): KeyedTemplate | undefined =>
    compiled.get(evaluateSelectionExpression(parsed.expression, scope)) ?? compiled.get(defaultTemplateKey);
  return { kind: 'templates', templates: { isEmpty, select } };
}
