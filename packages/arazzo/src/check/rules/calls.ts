import type { Diagnostic } from '../../diagnostic.ts';
import { readInputDeclaration } from '../../document/inputs.ts';
import { memberOf, quoteAll } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import { suggest } from '../../document/suggest.ts';
import type { Analysis, AnalyzedStep } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/** A step that calls a workflow gives the inputs that the workflow requires, and no others. */
export function calls(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step) => judge(step));
}

function judge({ step, target, parameters }: AnalyzedStep): readonly Finding[] {
  const called = target.kind === 'workflow' ? target.called : undefined;
  if (called === undefined) return [];
  const { properties, required, open } = readInputDeclaration(called.document, called.workflow);
  const given = new Set(parameters.map((parameter) => parameter.name));
  const missing = [...required].filter(
    (name) => !given.has(name) && memberOf(properties.get(name), 'default') === undefined,
  );
  const undeclared = parameters.filter(({ name, inherited }) => !open && !inherited && !properties.has(name));
  return [
    ...missing.map((name): Finding => {
      const message = `The step "${step.stepId}" does not give the input "${name}", which the workflow "${called.workflow.workflowId}" requires.`;
      return { code: 'missing-parameter', severity: 'error', message, pointer: step.pointer };
    }),
    ...undeclared.map(({ name, pointer }): Finding => {
      const message = `The workflow "${called.workflow.workflowId}" has no input "${name}"; its inputs are ${quoteAll(properties.keys())}.${suggest(name, properties.keys())}`;
      return { code: 'undeclared-parameter', severity: 'warning', message, pointer: childPointer(pointer, 'name') };
    }),
  ];
}
