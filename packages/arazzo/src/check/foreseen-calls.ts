import { type Diagnostic, hasErrors } from '../diagnostic.ts';
import type { WorkflowSite } from '../document/arazzo-document.ts';
import { readInputDeclaration } from '../document/inputs.ts';
import { childPointer } from '../document/pointer.ts';
import { locateFinding } from '../document/source-file.ts';
import { evaluateTemplate } from '../expression/evaluate.ts';
import type { Analysis, AnalyzedParameter, AnalyzedWorkflow } from './analysis.ts';
import { type Foresight, foresee, isKnown } from './foresight.ts';
import { type KnownInputs, takeKnownInputs, validateKnownInputs } from './inputs.ts';

/** A workflow that is led to, with what is known of the inputs that it is given. */
interface ForeseenCall extends Beginning {
  readonly workflow: AnalyzedWorkflow;
  readonly given: KnownInputs;
  readonly taken: KnownInputs;
}

/** What is known of the inputs of a workflow when it begins; `undefined` when nothing is. */
interface Beginning {
  readonly given: KnownInputs | undefined;
  /** Those of them that it takes, with defaults. */
  readonly taken: KnownInputs | undefined;
  /** Whether its inputs come from a step that calls it or what it led to, and not from whoever starts the run. */
  readonly isCalled: boolean;
}

interface Call extends ForeseenCall {
  readonly caller: AnalyzedWorkflow;
  readonly parameters: readonly AnalyzedParameter[];
}

export interface ForeseenCalls {
  /** Those whose inputs fit. */
  readonly calls: readonly ForeseenCall[];
  /** Of the inputs that surely do not. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Bounds documents in which workflows call each other in many ways. */
const MAX_CALLS = 1_000;

/**
 * Follows the calls of a workflow and those of the workflows that are called, with the inputs that are known ahead, and
 * judges these against the schemas that will be asked. Without `given`, nothing is known of the workflow's own inputs.
 */
export async function foreseeCalls(
  analysis: Analysis,
  workflow: AnalyzedWorkflow,
  given: KnownInputs | undefined,
): Promise<ForeseenCalls> {
  const byId = new Map(analysis.workflows.map((one) => [one.id, one]));
  const calls: ForeseenCall[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const taken = given && takeKnownInputs(workflow.document, workflow.workflow, given);
  const waiting = callsOf(byId, workflow, { given, taken, isCalled: false });
  for (let call = waiting.pop(); call !== undefined && seen.size < MAX_CALLS; call = waiting.pop()) {
    const key = JSON.stringify([call.workflow.id, call.given.values, [...call.given.unknown], call.isCalled]);
    if (seen.has(key)) continue;
    seen.add(key);
    const found = await judgeCall(call);
    diagnostics.push(...found);
    if (hasErrors(found)) continue;
    calls.push(call);
    waiting.push(...callsOf(byId, call.workflow, call));
  }
  return { calls, diagnostics };
}

/** Only parameters are judged: that others are missing is told where they are not given. */
async function judgeCall({ caller, workflow, taken, parameters }: Call): Promise<readonly Diagnostic[]> {
  const problems = await validateKnownInputs(workflow.document, workflow.workflow, taken);
  return problems.flatMap(({ kind, name, message }) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined) return [];
    const code = kind === 'missing' ? 'missing-input' : 'invalid-input';
    const pointer = childPointer(parameter.pointer, 'value');
    return locateFinding(caller.document.file, { code, severity: 'error', message, pointer });
  });
}

function callsOf(
  byId: ReadonlyMap<string, AnalyzedWorkflow>,
  caller: AnalyzedWorkflow,
  { given, taken, isCalled }: Beginning,
): Call[] {
  const calls: Call[] = [];
  const add = (
    site: WorkflowSite | undefined,
    parameters: readonly AnalyzedParameter[],
    inputs: KnownInputs,
    byStep: boolean,
  ): void => {
    const workflow = site && byId.get(site.id);
    if (workflow === undefined) return;
    const taken = takeKnownInputs(workflow.document, workflow.workflow, inputs);
    calls.push({ caller, workflow, given: inputs, taken, parameters, isCalled: byStep || isCalled });
  };
  const foresight = foresee(caller, taken);
  for (const { index, target, parameters, actions } of caller.steps) {
    if (target.kind === 'workflow') {
      add(target.called, parameters, knownOf(parameters, foresight(index)), true);
    }
    actions.forEach(({ target: site, parameters: added }) => {
      if (site === undefined) return;
      const own = knownOf(added, foresight(undefined));
      add(site, added, merge(given ?? unknownInputs(site), own), false);
    });
  }
  return calls;
}

/** Inputs of which nothing is known. */
function unknownInputs({ document, workflow }: WorkflowSite): KnownInputs {
  return { values: {}, unknown: new Set(readInputDeclaration(document, workflow).properties.keys()) };
}

/** The inputs that parameters give. */
function knownOf(parameters: readonly AnalyzedParameter[], foresight: Foresight): KnownInputs {
  const known = parameters.filter(({ template }) => isKnown(foresight, template));
  const values = known.map(({ name, template }) => [name, evaluateTemplate(template, foresight.scope)] as const);
  return {
    values: Object.fromEntries(values.filter(([, value]) => value !== undefined)),
    unknown: new Set(parameters.filter((parameter) => !known.includes(parameter)).map(({ name }) => name)),
  };
}

/** What an action gives is added to what the workflow was given itself. */
function merge(given: KnownInputs, own: KnownInputs): KnownInputs {
  const values = Object.entries({ ...given.values, ...own.values }).filter(([name]) => !own.unknown.has(name));
  const unknown = [...given.unknown].filter((name) => !Object.hasOwn(own.values, name));
  return { values: Object.fromEntries(values), unknown: new Set([...unknown, ...own.unknown]) };
}
