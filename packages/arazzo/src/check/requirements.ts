import type { Operation, OperationParameter } from '../document/openapi/operation.ts';
import type { Schema } from '../document/openapi/schema.ts';
import { childPointer } from '../document/pointer.ts';
import { matches } from '../request/matches.ts';
import { contentOf, mediaTypeOf } from '../request/media-type.ts';
import type { AnalyzedBody, AnalyzedStep } from './analysis.ts';
import { judgeBody } from './body-shortfalls.ts';
import {
  type InputKnowledge,
  inputsOf,
  isKnownNull,
  judgeValue,
  missingInputs,
  type Shortfall,
  skippedStep,
} from './shortfall.ts';

/** Compares the request of a step with what its operation demands, as far as it can be known before it is sent. */
export function findShortfalls(step: AnalyzedStep, knowledge: InputKnowledge): readonly Shortfall[] {
  if (step.target.kind !== 'operation') return [];
  const { operation } = step.target;
  const ofParameters = demandedParameters(operation).flatMap((parameter) => judgeParameter(parameter, step, knowledge));
  const body = step.body;
  const schema = body && findBodySchema(step, body);
  return [...ofParameters, ...(schema ? judgeBody(schema, body, knowledge) : [])];
}

const demanded = new WeakMap<Operation, readonly OperationParameter[]>();

/** The parameters that an operation declares and those that its path only has a place for; read once for all its steps. */
function demandedParameters(operation: Operation): readonly OperationParameter[] {
  const known = demanded.get(operation);
  if (known !== undefined) return known;
  const placeholders = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  const declared = operation.parameters.filter(
    (parameter) => parameter.in !== 'path' || placeholders.includes(parameter.name),
  );
  const undeclared = placeholders
    .filter((name) => !declared.some((parameter) => parameter.in === 'path' && parameter.name === name))
    .map((name): OperationParameter => ({ name, in: 'path', required: true }));
  const all = [...declared, ...undeclared];
  demanded.set(operation, all);
  return all;
}

function judgeParameter(
  declared: OperationParameter,
  step: AnalyzedStep,
  knowledge: InputKnowledge,
): readonly Shortfall[] {
  const given = step.parameters.find((parameter) => matches(declared, parameter));
  const demand = { subject: 'parameter', name: declared.name } as const;
  if (given === undefined) {
    return declared.required ? [{ ...demand, kind: 'absent', inputs: [], pointer: step.step.pointer }] : [];
  }
  const pointer = childPointer(given.pointer, 'value');
  const inputs = declared.required ? missingInputs(given.template, knowledge) : [];
  if (inputs.length > 0) return [{ ...demand, kind: 'absent', inputs, pointer }];
  const skipped = declared.required ? skippedStep(given.template, knowledge) : undefined;
  if (skipped !== undefined) return [{ ...demand, kind: 'absent', inputs: [], skipped, pointer }];
  // What is null is not sent; a path, which cannot go without, is judged where requests are tried.
  if (declared.in !== 'path' && declared.mediaType === undefined && isKnownNull(given.template, knowledge)) {
    return declared.required ? [{ ...demand, kind: 'absent', inputs: inputsOf(given.template), pointer }] : [];
  }
  return judgeValue(demand, given.template, declared.allowed, knowledge, pointer);
}

function findBodySchema(step: AnalyzedStep, body: AnalyzedBody): Schema | undefined {
  if (step.target.kind !== 'operation') return undefined;
  return contentOf(step.target.operation, mediaTypeOf(body, step.target.operation))?.schema;
}
