import type { Diagnostic } from '../../diagnostic.ts';
import { quoteAll } from '../../document/json.ts';
import type { Operation, OperationParameter } from '../../document/openapi/operation.ts';
import { childPointer } from '../../document/pointer.ts';
import { isPlace } from '../../document/read-parameter.ts';
import type { Finding } from '../../document/source-file.ts';
import { suggest } from '../../document/suggest.ts';
import { matches } from '../../request/matches.ts';
import type { Analysis, AnalyzedParameter } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/** Every parameter has its place, is known to the operation and is written in a style that is carried out. */
export function parameters(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step) => {
    if (step.target.kind !== 'operation') return [];
    const { operation } = step.target;
    const { stepId } = step.step;
    return [
      ...step.parameters.flatMap((parameter) => judge(stepId, parameter, operation)),
      ...judgeQueryString(stepId, step.parameters),
    ];
  });
}

/** The styles that OpenAPI gives each place; the delimited ones in a path or header are of Swagger 2.0. */
const delimited = ['spaceDelimited', 'pipeDelimited', 'tabDelimited'];
const styles: ReadonlyMap<string, readonly string[]> = new Map([
  ['path', ['simple', 'label', 'matrix', ...delimited]],
  ['query', ['form', 'deepObject', ...delimited]],
  ['header', ['simple', ...delimited]],
  ['cookie', ['form', 'cookie']],
]);

function judge(stepId: string, parameter: AnalyzedParameter, operation: Operation): readonly Finding[] {
  const { name, pointer } = parameter;
  if (parameter.in === undefined) {
    const message = `The parameter "${name}" of the step "${stepId}" has no "in", which is required in a step that calls an operation.`;
    return [{ code: 'missing-member', severity: 'error', message, pointer }];
  }
  if (!isPlace(parameter.in)) return [];
  const declared = operation.parameters.find((candidate) => matches(candidate, parameter));
  if (declared !== undefined) return judgeStyle(declared, pointer);
  if (parameter.inherited || isCommonHeader(parameter) || isCredential(parameter, operation)) return [];
  if (parameter.in === 'path' && operation.path.includes(`{${name}}`)) return [];
  const known = operation.parameters
    .filter((candidate) => candidate.in === parameter.in)
    .map((candidate) => candidate.name);
  const message = `The operation of the step "${stepId}" (${operation.method} ${operation.path}) has no ${parameter.in} parameter "${name}".${suggest(name, known)}`;
  const at = childPointer(pointer, 'name');
  // HTTP has headers that few descriptions tell of.
  const severity = parameter.in === 'header' ? 'warning' : 'error';
  return [{ code: 'undeclared-parameter', severity, message, pointer: at }];
}

/** OpenAPI leaves these headers to other fields, so their absence from the description says nothing. */
function isCommonHeader(parameter: AnalyzedParameter): boolean {
  return (
    parameter.in === 'header' && ['accept', 'authorization', 'content-type'].includes(parameter.name.toLowerCase())
  );
}

/** What a security scheme describes need be no parameter (OpenAPI 3.1 §Security Scheme Object). */
function isCredential(parameter: AnalyzedParameter, { security }: Operation): boolean {
  return security.flat().some(({ scheme }) => scheme.kind === 'api-key' && matches(scheme, parameter));
}

function judgeStyle(declared: OperationParameter, pointer: string): readonly Finding[] {
  const possible = styles.get(declared.in);
  if (declared.style === undefined || possible === undefined || possible.includes(declared.style)) return [];
  const message = `The API describes the ${declared.in} parameter "${declared.name}" with the style "${declared.style}"; one of ${quoteAll(possible)} was expected.`;
  return [{ code: 'invalid-value', severity: 'error', message, pointer }];
}

/** A whole query leaves no room for single parameters (Arazzo 1.1.0 §Parameter Object). */
function judgeQueryString(stepId: string, parameters: readonly AnalyzedParameter[]): readonly Finding[] {
  const [whole, ...more] = parameters.filter((parameter) => parameter.in === 'querystring');
  if (whole === undefined) return [];
  const others = [...more, ...parameters.filter((parameter) => parameter.in === 'query')];
  return others.map(({ name, pointer }): Finding => {
    const message = `The step "${stepId}" gives the whole query as "${whole.name}" and the parameter "${name}" besides; only one of them may be given.`;
    return { code: 'invalid-value', severity: 'error', message, pointer };
  });
}
