import type { Analysis, AnalyzedWorkflow } from '../check/analysis.ts';
import { takeInputs, validateInputs } from '../check/inputs.ts';
import { findShortfalls } from '../check/requirements.ts';
import type { Shortfall } from '../check/shortfall.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { quote, quoteAll } from '../document/json.ts';
import { childPointer } from '../document/pointer.ts';
import { fileDiagnostic, locateFinding } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';
import { transferTargets } from './order.ts';

/** The inputs fit the schemas of the workflows that take them, and suffice for what the API requires. */
export async function judgeInputs(
  analysis: Analysis,
  order: readonly string[],
  given: Readonly<Record<string, unknown>>,
): Promise<readonly Diagnostic[]> {
  const ids = transferTargets(analysis.document, order);
  const workflows = analysis.workflows.filter(({ id }) => ids.has(id));
  const diagnostics: Diagnostic[] = [...judgeNames(analysis, workflows, given)];
  for (const analyzed of workflows) {
    const { document } = analyzed;
    const values = takeInputs(document, analyzed.workflow, given);
    const problems = await validateInputs(document, analyzed.workflow, values);
    const inputs = childPointer(analyzed.workflow.pointer, 'inputs');
    for (const { kind, name, message } of problems) {
      const pointer = name === '' ? inputs : childPointer(`${inputs}/properties`, name);
      const code = kind === 'missing' ? 'missing-input' : 'invalid-input';
      diagnostics.push(locateFinding(document.file, { code, severity: 'error', message, pointer }));
    }
    const told = new Set(problems.map((problem) => problem.name));
    diagnostics.push(...judgeShortfalls(analyzed, values, told));
  }
  return diagnostics;
}

function judgeNames(
  analysis: Analysis,
  workflows: readonly AnalyzedWorkflow[],
  given: Readonly<Record<string, unknown>>,
): readonly Diagnostic[] {
  if (workflows.some(({ inputs }) => inputs.open)) return [];
  const known = new Set(workflows.flatMap(({ inputs }) => [...inputs.properties.keys()]));
  return Object.keys(given)
    .filter((name) => !known.has(name))
    .map((name) => {
      const message = `No workflow to run has the input "${name}", so it is not used; the inputs are ${quoteAll(known)}.${suggest(name, known)}`;
      return { ...fileDiagnostic('undeclared-input', message, analysis.document.url), severity: 'warning' };
    });
}

function judgeShortfalls(
  { document, steps }: AnalyzedWorkflow,
  values: Readonly<Record<string, unknown>>,
  told: ReadonlySet<string>,
): readonly Diagnostic[] {
  const given = new Set(Object.keys(values));
  return steps.flatMap((step) =>
    findShortfalls(step, { given, values })
      .filter((shortfall) => !shortfall.inputs.some((name) => told.has(name)))
      .map((shortfall) => {
        const code = shortfall.kind === 'absent' ? 'missing-input' : 'enum-violation';
        const message = describe(step.step.stepId, shortfall);
        return locateFinding(document.file, { code, severity: 'error', message, pointer: shortfall.pointer });
      }),
  );
}

/** Says which input to give, and with what. */
function describe(stepId: string, { kind, subject, name, inputs, value, allowed }: Shortfall): string {
  const what = subject === 'parameter' ? `parameter "${name}"` : `body member "${name}"`;
  const choices = (allowed ?? []).map(quote).join(', ');
  if (kind === 'not-allowed') {
    return `The step "${stepId}" would send the ${what} as ${quote(value)}; one of ${choices} was expected.`;
  }
  const advice = choices === '' ? '' : ` It is one of ${choices}.`;
  return `Give the input ${quoteAll(inputs)}: the step "${stepId}" takes the ${what} from it, which the API requires.${advice}`;
}
