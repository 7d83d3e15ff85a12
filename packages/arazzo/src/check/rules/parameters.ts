import type { Diagnostic } from '../../diagnostic.ts';
import type { Operation, OperationParameter } from '../../document/openapi/operation.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import { suggest } from '../../document/suggest.ts';
import type { Analysis, AnalyzedParameter } from '../analysis.ts';
import { matches } from '../requirements.ts';
import { eachStep } from '../rule.ts';

/** Every parameter has its place, is known to the operation and is written in a style that is carried out. */
export function parameters(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step) => {
    if (step.target.kind !== 'operation') return [];
    const { operation } = step.target;
    return step.parameters.flatMap((parameter) => judge(step.step.stepId, parameter, operation));
  });
}

const defaultStyles: ReadonlyMap<string, string> = new Map([
  ['path', 'simple'],
  ['query', 'form'],
  ['header', 'simple'],
  ['cookie', 'form'],
]);

function judge(stepId: string, parameter: AnalyzedParameter, operation: Operation): readonly Finding[] {
  const { name, pointer } = parameter;
  if (parameter.in === undefined) {
    const message = `The parameter "${name}" of the step "${stepId}" has no "in", which is required in a step that calls an operation.`;
    return [{ code: 'missing-member', severity: 'error', message, pointer }];
  }
  const declared = operation.parameters.find((candidate) => matches(candidate, parameter));
  if (declared !== undefined) return judgeStyle(declared, pointer);
  if (parameter.inherited || isCommonHeader(parameter)) return [];
  const isPath = parameter.in === 'path';
  if (isPath && operation.path.includes(`{${name}}`)) return [];
  const known = operation.parameters
    .filter((candidate) => candidate.in === parameter.in)
    .map((candidate) => candidate.name);
  const message = `The operation of the step "${stepId}" (${operation.method} ${operation.path}) has no ${parameter.in} parameter "${name}".${suggest(name, known)}`;
  const at = childPointer(pointer, 'name');
  return [{ code: 'undeclared-parameter', severity: isPath ? 'error' : 'warning', message, pointer: at }];
}

/** OpenAPI leaves these headers to other fields, so their absence from the description says nothing. */
function isCommonHeader(parameter: AnalyzedParameter): boolean {
  return (
    parameter.in === 'header' && ['accept', 'authorization', 'content-type'].includes(parameter.name.toLowerCase())
  );
}

function judgeStyle(declared: OperationParameter, pointer: string): readonly Finding[] {
  const usual = defaultStyles.get(declared.in);
  if (!declared.encoded && (declared.style === undefined || declared.style === usual)) return [];
  const how = declared.encoded ? '"content"' : `the style "${declared.style}"`;
  const message = `The API describes the ${declared.in} parameter "${declared.name}" with ${how}: only the style "${usual}" is supported yet.`;
  return [{ code: 'not-supported', severity: 'error', message, pointer }];
}
