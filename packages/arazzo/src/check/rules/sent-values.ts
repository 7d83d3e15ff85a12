import type { Diagnostic } from '../../diagnostic.ts';
import { quote, quoteAll } from '../../document/json.ts';
import type { OperationParameter } from '../../document/openapi/operation.ts';
import { isInside } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import { suggest } from '../../document/suggest.ts';
import type { MessageSource } from '../../expression/expression.ts';
import { matches } from '../../request/matches.ts';
import type { Analysis, AnalyzedStep } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/** Set by the engine itself. */
const ownHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'cookie']);

/** What a step reads of its request is in the request (Arazzo 1.1.0 §Runtime Expressions, "Request parameter"). */
export function sentValues(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step) => {
    const { target } = step;
    if (target.kind !== 'operation') return [];
    return step.occurrences.flatMap(({ expression, text, pointer, idiom }): readonly Finding[] => {
      if (expression.kind !== 'message' || expression.message !== 'request') return [];
      // Actions of the workflow are shared, and may read what only some steps send.
      if (idiom === 'early-message-expression' || !isInside(pointer, step.step.pointer)) return [];
      const problem = findProblem(expression.source, step, target.operation.parameters);
      if (problem === undefined) return [];
      const message = `The expression ${quote(text)} has no value: the step "${step.step.stepId}" ${problem.reason}`;
      return [{ code: 'invalid-expression', severity: problem.severity, message, pointer }];
    });
  });
}

interface Problem {
  readonly severity: 'error' | 'warning';
  readonly reason: string;
}

function findProblem(
  source: MessageSource,
  { body, parameters }: AnalyzedStep,
  declared: readonly OperationParameter[],
): Problem | undefined {
  if (source.kind === 'body') {
    return body === undefined ? { severity: 'warning', reason: 'sends no body.' } : undefined;
  }
  const read = { name: source.name, in: source.kind };
  const given = parameters.filter(({ in: place }) => place === source.kind);
  const isGiven = given.some((parameter) => matches(read, parameter));
  if (isGiven || (source.kind === 'header' && ownHeaders.has(source.name.toLowerCase()))) return undefined;
  const names = given.map(({ name }) => name);
  const reason = `gives no ${source.kind} parameter "${source.name}"; it gives ${quoteAll(names)}.${suggest(source.name, names)}`;
  // Nothing but a typing error reads what the API does not know; of headers, descriptions seldom tell all.
  const isKnown = source.kind === 'header' || declared.some((parameter) => matches(parameter, read));
  return { severity: isKnown ? 'warning' : 'error', reason };
}
