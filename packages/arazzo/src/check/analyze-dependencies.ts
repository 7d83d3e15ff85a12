import { type ArazzoDocument, findWorkflow } from '../document/arazzo-document.ts';
import { quoteAll } from '../document/json.ts';
import type { Dependency, Step, Workflow } from '../document/model.ts';
import { findCertain, suggest } from '../document/suggest.ts';
import type { AnalyzedDependency } from './analysis.ts';

/**
 * Looks up what a step depends on: a `stepId` of the same workflow, `$workflows.<workflowId>.steps.<stepId>`, or
 * `$sourceDescriptions.<name>.<workflowId>.steps.<stepId>` (Arazzo 1.1.0 §Step Object `dependsOn`).
 */
export function analyzeDependencies(
  document: ArazzoDocument,
  workflow: Workflow,
  step: Step,
): readonly AnalyzedDependency[] {
  return step.dependsOn.map((dependency) => analyzeDependency(document, workflow, dependency));
}

function analyzeDependency(
  document: ArazzoDocument,
  workflow: Workflow,
  { text, pointer }: Dependency,
): AnalyzedDependency {
  const match = /^(?:\$workflows\.(.+)|(\$sourceDescriptions\..+))\.steps\.(.+)$/s.exec(text);
  const workflowId = match?.[1] ?? match?.[2];
  const stepId = match?.[3] ?? text;
  const site = workflowId === undefined ? undefined : findWorkflow(document, workflowId);
  if (workflowId !== undefined && site === undefined) {
    const message = `"${text}" names the workflow "${workflowId}", and there is none of that name.`;
    const certain = findCertain(
      match?.[1] ?? '',
      document.workflows.map((candidate) => candidate.workflowId),
    );
    const corrected = certain === undefined ? {} : { correction: `$workflows.${certain}.steps.${stepId}` };
    return { text, pointer, stepId, problem: { code: 'unknown-workflow', message, ...corrected } };
  }
  const target = site?.workflow ?? workflow;
  const found = { text, pointer, stepId, ...(site && { workflowId: site.id }) };
  const known = target.steps.map((candidate) => candidate.stepId);
  if (known.includes(stepId)) return found;
  const message = `The workflow "${target.workflowId}" has no step "${stepId}"; its steps are ${quoteAll(known)}.${suggest(stepId, known)}`;
  const head = text.slice(0, text.length - stepId.length);
  const certain = findCertain(stepId, known);
  const corrected = certain === undefined ? {} : { correction: `${head}${certain}` };
  return { ...found, problem: { code: 'unknown-step', message, ...corrected } };
}
