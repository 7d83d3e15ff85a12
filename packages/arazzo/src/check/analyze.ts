import { type ArazzoDocument, reachDocuments, workflowIdIn } from '../document/arazzo-document.ts';
import { readInputDeclaration } from '../document/inputs.ts';
import type { Workflow } from '../document/model.ts';
import { openSources, type Source } from '../document/sources.ts';
import type { KnownNames, Occurrence } from '../expression/template.ts';
import type { Analysis, AnalyzedWorkflow } from './analysis.ts';
import { analyzeOutputs } from './analyze-outputs.ts';
import { analyzeStep } from './analyze-step.ts';

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
  const steps = await Promise.all(
    workflow.steps.map((step, index) => analyzeStep({ document, sources, workflow, names }, step, index)),
  );
  const occurrences: Occurrence[] = [];
  const outputs = analyzeOutputs(workflow.outputs, names, occurrences);
  return { id: workflowIdIn(document, workflow.workflowId), document, workflow, inputs, steps, outputs, occurrences };
}
