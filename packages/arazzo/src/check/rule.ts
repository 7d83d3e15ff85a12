import type { Diagnostic } from '../diagnostic.ts';
import { type Finding, locateFinding } from '../document/source-file.ts';
import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from './analysis.ts';

/** A rule looks at an analysis and returns what is against it. */
export type Rule = (analysis: Analysis) => readonly Diagnostic[];

/** A finding at a place of the Arazzo document itself. */
export function report(analysis: Analysis, finding: Finding): Diagnostic {
  return locateFinding(analysis.document.file, finding);
}

/** Applies a judgement to each step of each workflow. */
export function eachStep(
  analysis: Analysis,
  judge: (step: AnalyzedStep, workflow: AnalyzedWorkflow) => readonly Finding[],
): readonly Diagnostic[] {
  return analysis.workflows.flatMap((workflow) =>
    workflow.steps.flatMap((step) => judge(step, workflow).map((finding) => report(analysis, finding))),
  );
}
