import { parseSelectionExpression } from '../model/selection-expression.ts';
import { badRequest } from './refuse.ts';

/** @throws ServiceError `BadRequestException` when there is an expression that cannot be read. */
export function checkSelectionExpression(member: string, expression: string | undefined): void {
  const parsed = parseSelectionExpression(expression ?? '');
  if (parsed.kind === 'invalid') throw badRequest(`${member}: ${parsed.message}`);
}
