import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { quote } from '../../document/json.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Idiom, Occurrence } from '../../expression/template.ts';
import type { Analysis, AnalyzedWorkflow } from '../analysis.ts';
import { addBraces, type OutputsOf, usePointer } from '../rewrite.ts';
import { eachStep, eachWorkflow } from '../rule.ts';
import { stepsById } from '../steps-by-id.ts';

/** Expressions are written the way the specification asks; what lenient reading accepts beyond it is warned about. */
export function idioms(analysis: Analysis): readonly Diagnostic[] {
  return [
    ...eachStep(analysis, (step, workflow) => step.occurrences.flatMap((occurrence) => judge(workflow, occurrence))),
    ...eachWorkflow(analysis, (workflow) => workflow.occurrences.flatMap((occurrence) => judge(workflow, occurrence))),
  ];
}

const messages: Readonly<Record<Idiom, (text: string) => string>> = {
  'missing-braces': (text) =>
    `The expression ${quote(text)} is embedded in text without braces; "{${text}}" was expected.`,
  'property-path': (text) =>
    `The expression ${quote(text)} continues with a property path; "#" and a JSON Pointer were expected.`,
  'early-message-expression': (text) =>
    `The text ${quote(text)} reads as an expression on a message that does not exist yet; it is sent as it is.`,
};

type Correct = (document: ArazzoDocument, occurrence: Occurrence, outputsOf: OutputsOf) => string | undefined;

const corrections: Readonly<Record<Idiom, Correct>> = {
  'missing-braces': addBraces,
  'property-path': usePointer,
  'early-message-expression': () => undefined,
};

function judge(workflow: AnalyzedWorkflow, occurrence: Occurrence): readonly Finding[] {
  const { idiom, text, pointer } = occurrence;
  if (idiom === undefined) return [];
  const outputsOf = (stepId: string) =>
    stepsById(workflow)
      .get(stepId)
      ?.step.outputs.map(({ name }) => name) ?? [];
  const correction = corrections[idiom](workflow.document, occurrence, outputsOf);
  const section = 'Runtime Expressions';
  const found = { code: idiom, severity: 'warning', message: messages[idiom](text), section, pointer } as const;
  return [{ ...found, ...(correction !== undefined && { correction }) }];
}
