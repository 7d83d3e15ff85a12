import { type ArazzoDocument, correctReference, findWorkflow } from '../document/arazzo-document.ts';
import { quoteAll } from '../document/json.ts';
import type { Dependency, Step, Workflow } from '../document/model.ts';
import { findCertain, suggest } from '../document/suggest.ts';
import type { AnalyzedDependency, LookupNote } from './analysis.ts';

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
  const note = noteSpelling(document, text, workflowId, stepId);
  const found = { text, pointer, stepId, ...(site && { workflowId: site.id }), ...(note && { note }) };
  const known = target.steps.map((candidate) => candidate.stepId);
  if (known.includes(stepId)) return found;
  return {
    ...found,
    problem: unknownStep(target.workflowId, stepId, known, text.slice(0, text.length - stepId.length)),
  };
}

function noteSpelling(
  document: ArazzoDocument,
  text: string,
  workflowId: string | undefined,
  stepId: string,
): LookupNote | undefined {
  const correct = workflowId === undefined ? undefined : correctReference(document, workflowId);
  if (correct === undefined) return undefined;
  const correction = `${correct}.steps.${stepId}`;
  const message = `"${text}" has "workflows" between the source and the workflow; "${correction}" was expected.`;
  return { code: 'workflows-in-reference', message, section: 'Step Object', correction };
}

/** Says what steps there are; `head` is what stands before the `stepId`. */
function unknownStep(workflowId: string, stepId: string, known: readonly string[], head: string): LookupNote {
  // Where its outputs are read, a step of the same workflow is named so.
  const bare = known.find((candidate) => stepId === `$steps.${candidate}`);
  const hint = bare === undefined ? suggest(stepId, known) : ` Did you mean "${bare}"?`;
  const message = `The workflow "${workflowId}" has no step "${stepId}"; its steps are ${quoteAll(known)}.${hint}`;
  const certain = bare ?? findCertain(stepId, known);
  const corrected = certain === undefined ? {} : { correction: `${head}${certain}` };
  return { code: 'unknown-step', message, ...corrected };
}
