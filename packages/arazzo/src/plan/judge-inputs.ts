import type { Analysis, AnalyzedWorkflow } from '../check/analysis.ts';
import { foreseeCalls } from '../check/foreseen-calls.ts';
import { findFaultsOf } from '../check/foreseen-faults.ts';
import { type KnownInputs, takeInputs, validateInputs } from '../check/inputs.ts';
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
    diagnostics.push(...judgeShortfalls(analyzed, { values, unknown: new Set() }, told, false));
    if (problems.length > 0) continue;
    diagnostics.push(...findFaultsOf(analyzed, { values, unknown: new Set() }));
    diagnostics.push(...(await judgeCalls(analysis, analyzed, given)));
  }
  return deduplicate(diagnostics);
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

/** The inputs that called workflows are known to be given fit and suffice too. */
async function judgeCalls(
  analysis: Analysis,
  workflow: AnalyzedWorkflow,
  given: Readonly<Record<string, unknown>>,
): Promise<readonly Diagnostic[]> {
  const { calls, diagnostics } = await foreseeCalls(analysis, workflow, { values: given, unknown: new Set() });
  const inside = calls.flatMap((call) => [
    ...judgeShortfalls(call.workflow, call.taken, new Set(), call.isCalled),
    ...findFaultsOf(call.workflow, call.taken),
  ]);
  return [...diagnostics, ...inside];
}

/** Several ways may lead to one finding. */
function deduplicate(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify([one.url, one.pointer, one.message]), one])).values()];
}

function judgeShortfalls(
  { id, document, steps }: AnalyzedWorkflow,
  { values, unknown }: KnownInputs,
  told: ReadonlySet<string>,
  isCalled: boolean,
): readonly Diagnostic[] {
  const given = new Set([...Object.keys(values), ...unknown]);
  return steps.flatMap((step) =>
    findShortfalls(step, { given, ...(unknown.size === 0 && { values }) })
      .filter((shortfall) => !shortfall.inputs.some((name) => told.has(name)))
      .map((shortfall) => {
        const code = shortfall.kind === 'absent' ? 'missing-input' : 'enum-violation';
        const message = describe(step.step.stepId, shortfall, isCalled ? id : undefined);
        return locateFinding(document.file, { code, severity: 'error', message, pointer: shortfall.pointer });
      }),
  );
}

/** Says which input to give, and with what; of a workflow that a step calls, that it is not given it. */
function describe(
  stepId: string,
  { kind, subject, name, inputs, value, allowed }: Shortfall,
  called: string | undefined,
): string {
  const what = subject === 'parameter' ? `parameter "${name}"` : `body member "${name}"`;
  const choices = (allowed ?? []).map(quote).join(', ');
  if (kind === 'not-allowed') {
    return `The step "${stepId}" would send the ${what} as ${quote(value)}; one of ${choices} was expected.`;
  }
  const advice = choices === '' ? '' : ` It is one of ${choices}.`;
  const request =
    called === undefined
      ? `Give the input ${quoteAll(inputs)}`
      : `The workflow "${called}" is called without the input ${quoteAll(inputs)}`;
  return `${request}: the step "${stepId}" takes the ${what} from it, which the API requires.${advice}`;
}
