import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import type { Action, Parameter, Reusable } from '../../document/model.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis } from '../analysis.ts';
import { report } from '../rule.ts';

interface Named {
  readonly name: string;
  readonly pointer: string;
}

/** Names that the specification wants unique are: sources, workflows, the steps, parameters and actions in one list. */
export function uniqueIds(analysis: Analysis): readonly Diagnostic[] {
  return analysis.documents.flatMap((document) => judge(document).map((finding) => report(document, finding)));
}

function judge({ sources, workflows }: ArazzoDocument): readonly Finding[] {
  const findings = [
    ...duplicates(
      'source',
      sources.map(({ name, pointer }) => ({ name, pointer: childPointer(pointer, 'name') })),
    ),
    ...duplicates(
      'workflow',
      workflows.map((workflow) => ({
        name: workflow.workflowId,
        pointer: childPointer(workflow.pointer, 'workflowId'),
      })),
    ),
  ];
  for (const { steps, successActions, failureActions, parameters } of workflows) {
    findings.push(
      ...duplicates(
        'step',
        steps.map((step) => ({ name: step.stepId, pointer: childPointer(step.pointer, 'stepId') })),
      ),
    );
    findings.push(...listDuplicates(parameters, [successActions, failureActions]));
    for (const step of steps) findings.push(...listDuplicates(step.parameters, [step.onSuccess, step.onFailure]));
  }
  return findings;
}

function listDuplicates(
  parameters: readonly (Parameter | Reusable)[],
  actions: readonly (readonly (Action | Reusable)[])[],
): readonly Finding[] {
  const name = (entry: Parameter | Action | Reusable): Named => {
    if (entry.kind === 'reusable') return { name: entry.reference, pointer: entry.pointer };
    if (entry.kind === 'action') return { name: entry.name, pointer: entry.pointer };
    return { name: entry.in === undefined ? entry.name : `${entry.name} in ${entry.in}`, pointer: entry.pointer };
  };
  return [
    ...duplicates('parameter', parameters.map(name)),
    ...actions.flatMap((list) => duplicates('action', list.map(name))),
  ];
}

function duplicates(subject: string, items: readonly Named[]): readonly Finding[] {
  const seen = new Set<string>();
  return items.flatMap(({ name, pointer }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const message = `The ${subject} "${name}" is given twice; each ${subject} may be given once.`;
    return [{ code: 'duplicate-id', severity: 'error', message, pointer } as const];
  });
}
