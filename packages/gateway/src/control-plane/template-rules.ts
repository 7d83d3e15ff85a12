import { compileTemplate } from '../integrations/template/template.ts';
import { parseSelectionExpression } from '../model/selection-expression.ts';
import { badRequest } from './refuse.ts';

/** @throws ServiceError `BadRequestException` when there is an expression that cannot be read. */
export function checkSelectionExpression(member: string, expression: string | undefined): void {
  const parsed = parseSelectionExpression(expression ?? '');
  if (parsed.kind === 'invalid') throw badRequest(`${member}: ${parsed.message}`);
}

/** @throws ServiceError `BadRequestException` for a mapping template that cannot be parsed. */
export function checkTemplates(member: string, templates: Readonly<Record<string, string>> = {}): void {
  for (const [key, text] of Object.entries(templates)) {
    const compiled = compileTemplate(text);
    if (compiled.kind === 'compiled') continue;
    throw badRequest(
      `${member}["${key.slice(0, 100)}"] is no template: ${compiled.message} (line ${compiled.line}, column ${compiled.column})`,
    );
  }
}
