import { type ArazzoDocument, reachDocuments, workflowIdIn } from '../document/arazzo-document.ts';
import { readInputDeclaration } from '../document/inputs.ts';
import type { Workflow } from '../document/model.ts';
import { childPointer } from '../document/pointer.ts';
import { openSources, type Source } from '../document/sources.ts';
import { hasSelectors } from '../expression/selector.ts';
import { type KnownNames, type Occurrence, parseTemplate, type Template } from '../expression/template.ts';
import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from './analysis.ts';
import { analyzeOutputs } from './analyze-outputs.ts';
import { analyzeStep } from './analyze-step.ts';
import { findTargets } from './find-targets.ts';
import { orderSteps } from './step-order.ts';

/**
 * Reads the sources of a document and of those it reaches, looks up what their steps name and parses every expression.
 * Never rejects.
 */
export async function analyze(document: ArazzoDocument): Promise<Analysis> {
  const documents = reachDocuments(document);
  const parts = await Promise.all(
    documents.map(async (part) => {
      const sources = await openSources(part);
      const workflows = part.workflows.map((workflow) => analyzeWorkflow(part, sources, workflow));
      return { sources, workflows: await Promise.all(workflows) };
    }),
  );
  return {
    document,
    documents,
    sources: parts.flatMap(({ sources }) => sources),
    workflows: parts.flatMap(({ workflows }) => workflows),
  };
}

async function analyzeWorkflow(
  document: ArazzoDocument,
  sources: readonly Source[],
  workflow: Workflow,
): Promise<AnalyzedWorkflow> {
  const inputs = readInputDeclaration(document, workflow);
  const names: KnownNames = {
    inputs: inputs.open ? undefined : new Set(inputs.properties.keys()),
    stepOutputs: new Map(
      workflow.steps.map((step) => [step.stepId, new Set(step.outputs.map((output) => output.name))]),
    ),
  };
  const surroundings = { document, workflow, names, criteria: new Map() };
  const targets = await findTargets(document, sources, workflow.steps);
  const analyzed = workflow.steps.map((step, index) =>
    analyzeStep(surroundings, step, index, targets[index] ?? { kind: 'unavailable' }),
  );
  const { steps, cycle } = orderSteps(analyzed);
  const occurrences: Occurrence[] = [];
  const outputs = analyzeOutputs(workflow.outputs, names, occurrences);
  const components = analyzeComponents(document, names, listComponents(occurrences, steps), occurrences);
  const id = workflowIdIn(document, workflow.workflowId);
  return { id, document, workflow, inputs, steps, cycle, components, outputs, occurrences };
}

/** The names of the component parameters that expressions of a workflow read. */
function listComponents(own: readonly Occurrence[], steps: readonly AnalyzedStep[]): ReadonlySet<string> {
  const names = new Set<string>();
  const add = ({ expression }: Occurrence): void => {
    if (expression.kind === 'component' && expression.section === 'parameters') names.add(expression.name);
  };
  own.forEach(add);
  for (const { occurrences } of steps) occurrences.forEach(add);
  return names;
}

/** Parses the component parameters that expressions name, in the names of the workflow that names them. */
function analyzeComponents(
  document: ArazzoDocument,
  names: KnownNames,
  named: ReadonlySet<string>,
  occurrences: Occurrence[],
): ReadonlyMap<string, Template> {
  const components = new Map<string, Template>();
  const selectors = hasSelectors(document.version);
  for (const name of named) {
    const parameter = document.components.parameters.get(name);
    if (parameter === undefined) continue;
    const pointer = childPointer(parameter.pointer, 'value');
    components.set(name, parseTemplate(parameter.value, pointer, { names, phase: 'request', selectors, occurrences }));
  }
  return components;
}
