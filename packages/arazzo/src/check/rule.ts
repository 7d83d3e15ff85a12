import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { type Finding, locateFinding } from '../document/source-file.ts';
import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from './analysis.ts';

/** A rule looks at an analysis and returns what is against it. Never rejects. */
export type Rule = (analysis: Analysis) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>;

/** A finding at a place of an Arazzo document. */
export function report(document: ArazzoDocument, finding: Finding): Diagnostic {
  return locateFinding(document.file, finding);
}

/** Applies a judgement to each workflow. */
export function eachWorkflow(
  analysis: Analysis,
  judge: (workflow: AnalyzedWorkflow) => readonly Finding[],
): readonly Diagnostic[] {
  return analysis.workflows.flatMap((workflow) => judge(workflow).map((finding) => report(workflow.document, finding)));
}

/** Applies a judgement to each step of each workflow. */
export function eachStep(
  analysis: Analysis,
  judge: (step: AnalyzedStep, workflow: AnalyzedWorkflow) => readonly Finding[],
): readonly Diagnostic[] {
  return eachWorkflow(analysis, (workflow) => workflow.steps.flatMap((step) => judge(step, workflow)));
}
