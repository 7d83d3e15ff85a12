import { takeInputs, validateInputs } from '../check/inputs.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type ArazzoDocument, findWorkflow, type WorkflowSite } from '../document/arazzo-document.ts';
import { readInputDeclaration, readInputParts } from '../document/inputs.ts';
import { quote, quoteAll } from '../document/json.ts';
import type { SchemaParts } from '../document/schema-parts.ts';
import { fileDiagnostic } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';
import { orderWorkflows } from './order.ts';
import { readText } from './read-text.ts';

/** An input as it is typed, such as `-i name=value`. */
export interface TextInput {
  readonly name: string;
  readonly value: string;
}

export interface TextInputsResult {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** So many inputs are read in both ways where only the whole of them can tell; the others as they are likeliest meant. */
const MAX_UNDECIDED = 6;

/**
 * Converts typed inputs by the schemas that the workflows (all without `workflowIds`) and those they depend on declare:
 * text unless the schema's type is another; JSON for objects and lists. The last of several values for a name counts.
 * Where alternatives of a schema disagree, an input is the value that its text spells, and text only when the inputs as a
 * whole, those that are `given` otherwise included, fit their schemas so and not with the value.
 */
export async function readTextInputs(
  document: ArazzoDocument,
  workflowIds: readonly string[] | undefined,
  texts: readonly TextInput[],
  given: Readonly<Record<string, unknown>> = {},
): Promise<TextInputsResult> {
  const ids = orderWorkflows(document, workflowIds ?? document.workflows.map((workflow) => workflow.workflowId));
  const sites = ids.flatMap((id) => findWorkflow(document, id) ?? []);
  const declarations = sites.map((site) => readInputDeclaration(site.document, site.workflow));
  // What is wrong with a workflow that there is none of is told by the plan.
  const open =
    declarations.some((declaration) => declaration.open) ||
    (workflowIds ?? []).some((id) => findWorkflow(document, id) === undefined);
  const declared = new Set(declarations.flatMap(({ properties }) => [...properties.keys()]));
  const readings = new Map<string, readonly unknown[]>();
  const diagnostics: Diagnostic[] = [];
  for (const { name, value } of texts) {
    if (!declared.has(name) && !open) {
      const message = `No workflow to run has the input "${name}"; the inputs are ${quoteAll(declared)}.${suggest(name, declared)}`;
      diagnostics.push(fileDiagnostic('undeclared-input', message, document.url));
      continue;
    }
    const site = sites.find((_, index) => declarations[index]?.properties.has(name));
    const reading = readText(value, site ? readInputParts(site.document, site.workflow, name) : noParts);
    if (reading.kind === 'read') readings.set(name, reading.values);
    else {
      const message = `The input "${name}" is ${quote(value)}; ${reading.expectation} was expected.`;
      diagnostics.push(fileDiagnostic('invalid-input', message, document.url));
    }
  }
  return { inputs: await choose(sites, readings, given), diagnostics };
}

const noParts: SchemaParts = { sure: [], possible: [] };

/** The first of the readings with which all inputs fit; the likeliest when none does. */
async function choose(
  sites: readonly WorkflowSite[],
  readings: ReadonlyMap<string, readonly unknown[]>,
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const undecided = [...readings].filter(([, values]) => values.length > 1).slice(0, MAX_UNDECIDED);
  const likeliest = Object.fromEntries([...readings].map(([name, [value]]) => [name, value]));
  for (let turn = 0; undecided.length > 0 && turn < 2 ** undecided.length; turn += 1) {
    const chosen = undecided.map(([name, values], index) => [name, values[(turn >> index) & 1]] as const);
    const inputs = { ...likeliest, ...Object.fromEntries(chosen) };
    if (await fit(sites, { ...given, ...inputs })) return inputs;
  }
  return likeliest;
}

async function fit(sites: readonly WorkflowSite[], inputs: Readonly<Record<string, unknown>>): Promise<boolean> {
  for (const { document, workflow } of sites) {
    const problems = await validateInputs(document, workflow, takeInputs(document, workflow, inputs));
    if (problems.length > 0) return false;
  }
  return true;
}
