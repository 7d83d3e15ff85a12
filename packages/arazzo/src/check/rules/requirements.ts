import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import type { Finding } from '../../document/source-file.ts';
import { splitName } from '../../expression/known-name.ts';
import type { Analysis } from '../analysis.ts';
import { isSkipped } from '../foresight.ts';
import { findShortfalls } from '../requirements.ts';
import { eachWorkflow } from '../rule.ts';
import type { Shortfall } from '../shortfall.ts';

/**
 * Every request gives the parameters and body members that the API requires, with values it allows. What comes from an
 * input that the workflow does not require is a warning here; `plan` refuses it when the input is in fact absent.
 */
export function requirements(analysis: Analysis): readonly Diagnostic[] {
  return eachWorkflow(analysis, (workflow) => {
    const { inputs } = workflow;
    const withDefault = [...inputs.properties].filter(([, schema]) => hasDefault(schema)).map(([name]) => name);
    const given = new Set([...inputs.required, ...withDefault]);
    // An input that is not declared is reported as such.
    const isDeclared = (name: string) => inputs.open || splitName(name, inputs.properties.keys()) !== undefined;
    return workflow.steps.flatMap((step) =>
      findShortfalls(step, { given, isSkipped: (stepId) => isSkipped(workflow, stepId, step.index) })
        .filter((shortfall) => shortfall.inputs.every(isDeclared))
        .map((shortfall) => describe(step.step.stepId, shortfall)),
    );
  });
}

function hasDefault(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && Object.hasOwn(schema, 'default');
}

/** The finding for a shortfall while only the document is known. */
function describe(stepId: string, shortfall: Shortfall): Finding {
  const { name, pointer, inputs, skipped } = shortfall;
  const what = shortfall.subject === 'parameter' ? `parameter "${name}"` : `body member "${name}"`;
  if (shortfall.kind === 'not-allowed') {
    const allowed = (shortfall.allowed ?? []).map(quote).join(', ');
    const message = `The step "${stepId}" gives the ${what} the value ${quote(shortfall.value)}; one of ${allowed} was expected.`;
    return { code: 'enum-violation', severity: 'error', message, pointer };
  }
  const code = shortfall.subject === 'parameter' ? 'missing-parameter' : 'missing-body-member';
  if (inputs.length === 0) {
    const reason = skipped === undefined ? '' : `: every way leads past the step "${skipped}"`;
    const message = `The step "${stepId}" does not give the ${what}, which the API requires${reason}.`;
    return { code, severity: 'error', message, pointer };
  }
  const message = `The step "${stepId}" takes the ${what}, which the API requires, from the input ${inputs.map(quote).join(' and ')}, which the workflow does not require.`;
  return { code, severity: 'warning', message, pointer };
}
