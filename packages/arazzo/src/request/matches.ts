import type { OperationParameter } from '../document/openapi/operation.ts';
import type { ParameterTemplate } from './request-template.ts';

/** Header names are compared without regard to case (RFC 9110 §5.1), others exactly. */
export function matches(
  declared: Pick<OperationParameter, 'name' | 'in'>,
  given: Pick<ParameterTemplate, 'name' | 'in'>,
): boolean {
  if (declared.in !== given.in) return false;
  if (declared.in === 'header') return declared.name.toLowerCase() === given.name.toLowerCase();
  return declared.name === given.name;
}
