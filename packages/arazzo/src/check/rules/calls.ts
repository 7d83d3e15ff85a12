import type { Diagnostic } from '../../diagnostic.ts';
import type { WorkflowSite } from '../../document/arazzo-document.ts';
import { readInputDeclaration } from '../../document/inputs.ts';
import { memberOf, quoteAll } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import { suggest } from '../../document/suggest.ts';
import type { Analysis, AnalyzedAction, AnalyzedParameter, AnalyzedStep } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/**
 * A step that calls a workflow gives the inputs that the workflow requires, and no others. An action that leads to one
 * gives only what it has; the rest comes from the inputs of the first workflow.
 */
export function calls(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step) => [...judge(step), ...step.actions.flatMap(judgeAction)]);
}

function judge({ step, target, parameters }: AnalyzedStep): readonly Finding[] {
  const called = target.kind === 'workflow' ? target.called : undefined;
  if (called === undefined) return [];
  const { properties, required } = readInputDeclaration(called.document, called.workflow);
  const given = new Set(parameters.map((parameter) => parameter.name));
  const missing = [...required].filter(
    (name) => !given.has(name) && memberOf(properties.get(name), 'default') === undefined,
  );
  return [
    ...missing.map((name): Finding => {
      const message = `The step "${step.stepId}" does not give the input "${name}", which the workflow "${called.workflow.workflowId}" requires.`;
      return { code: 'missing-parameter', severity: 'error', message, pointer: step.pointer };
    }),
    ...judgeNames(called, parameters),
  ];
}

/** Parameters of an action are inputs, so they have no place in a request (Arazzo 1.1.0 §Success Action Object). */
function judgeAction({ action, target, parameters }: AnalyzedAction): readonly Finding[] {
  if (action.workflowId === undefined) return [];
  const placed = parameters.filter((parameter) => parameter.in !== undefined);
  const findings = placed.map(({ name, pointer }): Finding => {
    const message = `The parameter "${name}" of the action "${action.name}" has an "in"; parameters of actions are inputs and have none.`;
    return { code: 'invalid-value', severity: 'error', message, pointer: childPointer(pointer, 'in') };
  });
  return [...findings, ...(target ? judgeNames(target, parameters) : [])];
}

function judgeNames(
  { document, workflow }: WorkflowSite,
  parameters: readonly AnalyzedParameter[],
): readonly Finding[] {
  const { properties, open } = readInputDeclaration(document, workflow);
  const undeclared = parameters.filter(({ name, inherited }) => !open && !inherited && !properties.has(name));
  return undeclared.map(({ name, pointer }): Finding => {
    const message = `The workflow "${workflow.workflowId}" has no input "${name}"; its inputs are ${quoteAll(properties.keys())}.${suggest(name, properties.keys())}`;
    return { code: 'undeclared-parameter', severity: 'warning', message, pointer: childPointer(pointer, 'name') };
  });
}
