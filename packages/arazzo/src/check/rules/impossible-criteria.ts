import { compare } from '../../criterion/compare.ts';
import type { Condition } from '../../criterion/parse-condition.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import { leavesBodyOpen, listStatuses, type ResponseDescription } from '../../document/openapi/responses.ts';
import type { Schema } from '../../document/openapi/schema.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis, AnalyzedCriterion, StepTarget } from '../analysis.ts';
import { findListed, joinListed } from '../find-listed.ts';
import { eachStep } from '../rule.ts';

/**
 * Every success criterion can be met by a response that the API describes. Servers may answer what their descriptions leave
 * out, so one that cannot is a warning.
 */
export function impossibleCriteria(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, ({ step, target, successCriteria = [] }) => {
    if (target.kind !== 'operation') return [];
    const { method, path } = target.operation;
    return successCriteria.flatMap((analyzed): readonly Finding[] => {
      const reason = whyImpossible(analyzed, target);
      if (reason === undefined) return [];
      const { condition, pointer } = analyzed.criterion;
      const message = `The success criterion ${quote(condition)} of the step "${step.stepId}" holds for no response that the API describes for ${method} ${path}: ${reason}.`;
      const place = childPointer(pointer, 'condition');
      return [{ code: 'impossible-criterion', severity: 'warning', message, pointer: place }];
    });
  });
}

type OperationTarget = Extract<StepTarget, { kind: 'operation' }>;

/** As the end of a sentence. */
function whyImpossible({ criterion, result }: AnalyzedCriterion, target: OperationTarget): string | undefined {
  if (result.kind !== 'compiled') return undefined;
  const { condition, expressions } = result.criterion;
  if (condition !== undefined) return whyFalse(condition, target);
  // Text within JSON can be XML.
  const readsBody = expressions[0]?.text === '$response.body';
  const isJson = criterion.type === 'xpath' && readsBody && areJsonValues(target.responses);
  return isJson ? 'their bodies are JSON, which is no XML' : undefined;
}

/** Whether every body is JSON, and surely no text. */
function areJsonValues(responses: readonly ResponseDescription[]): boolean {
  const schemas = schemasOf(responses);
  const isText = ({ types, properties }: Schema): boolean =>
    types.length === 0 ? properties.size === 0 : types.includes('string');
  return schemas.length > 0 && !responses.some(leavesBodyOpen) && !schemas.some(isText);
}

function schemasOf(responses: readonly ResponseDescription[]): readonly Schema[] {
  return responses.flatMap(({ body }) => (body.kind === 'described' ? body.schemas : []));
}

function whyFalse(condition: Condition, target: OperationTarget): string | undefined {
  switch (condition.kind) {
    case 'and':
      return whyFalse(condition.left, target) ?? whyFalse(condition.right, target);
    case 'or':
      return whyFalse(condition.left, target) && whyFalse(condition.right, target);
    case 'comparison': {
      const { operator, left, right } = condition;
      if (operator !== '==') return undefined;
      if (left.kind === 'operand' && right.kind === 'literal') return whyUnequal(left, right.value, target);
      return right.kind === 'operand' && left.kind === 'literal' ? whyUnequal(right, left.value, target) : undefined;
    }
    default:
      return undefined;
  }
}

function whyUnequal(
  { expression, path, text }: Extract<Condition, { kind: 'operand' }>,
  value: unknown,
  { operation, responses }: OperationTarget,
): string | undefined {
  if (expression.kind === 'status-code') {
    const statuses = listStatuses(operation.site);
    const isDescribed = statuses.length === 0 || statuses.some((status) => covers(status, value));
    return isDescribed ? undefined : `its status is ${listAlternatives(statuses)}`;
  }
  if (expression.kind !== 'message' || expression.message !== 'response') return undefined;
  const { source } = expression;
  // Where a member is absent, null is equal to it.
  if (source.kind !== 'body' || value === null) return undefined;
  const listed = findListedBy(responses, [...(source.pointer ?? []), ...(source.path ?? []), ...path]);
  if (listed === undefined || listed.some((candidate) => compare('==', candidate, value))) return undefined;
  return `${quote(text)} is ${listAlternatives([...new Set(listed.map(quote))])}`;
}

function covers(status: string, value: unknown): boolean {
  if (/^\d{3}$/.test(status)) return compare('==', status, value);
  // Of `default`, and of what names no status, such as a reference in the place of all responses, any.
  return !/^\dxx$/i.test(status) || String(value).startsWith(status.charAt(0));
}

/** What the responses that tell of a place list for it together; `undefined` when one leaves it open, or none tells of it. */
function findListedBy(
  responses: readonly ResponseDescription[],
  tokens: readonly string[],
): readonly unknown[] | undefined {
  if (responses.some(leavesBodyOpen)) return undefined;
  const listed = joinListed(schemasOf(responses).map((schema) => findListed(schema, tokens)));
  return typeof listed === 'string' ? undefined : listed;
}

function listAlternatives(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}
