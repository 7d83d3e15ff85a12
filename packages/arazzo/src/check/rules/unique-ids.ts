import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import type { Action, Components, Parameter, Reusable } from '../../document/model.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis } from '../analysis.ts';
import { report } from '../rule.ts';

interface Named {
  readonly name: string;
  /** What is compared, when that is not the name. */
  readonly key?: string;
  readonly pointer: string;
}

/** Names that the specification wants unique are: sources, workflows, the steps, parameters and actions in one list. */
export function uniqueIds(analysis: Analysis): readonly Diagnostic[] {
  return analysis.documents.flatMap((document) => judge(document).map((finding) => report(document, finding)));
}

function judge(document: ArazzoDocument): readonly Finding[] {
  const { sources, workflows } = document;
  const findings = [
    ...duplicates('source', sources, ({ name, pointer }) => ({ name, pointer: childPointer(pointer, 'name') })),
    ...duplicates('workflow', workflows, ({ workflowId, pointer }) => ({
      name: workflowId,
      pointer: childPointer(pointer, 'workflowId'),
    })),
  ];
  for (const { steps, successActions, failureActions, parameters } of workflows) {
    findings.push(
      ...duplicates('step', steps, ({ stepId, pointer }) => ({
        name: stepId,
        pointer: childPointer(pointer, 'stepId'),
      })),
    );
    findings.push(...listDuplicates(document, parameters, [successActions, failureActions]));
    findings.push(
      ...steps.flatMap((step) => listDuplicates(document, step.parameters, [step.onSuccess, step.onFailure])),
    );
  }
  return findings;
}

/** Names count once Reusable Objects are replaced by what they reference. */
function listDuplicates(
  { components }: ArazzoDocument,
  parameters: readonly (Parameter | Reusable)[],
  actions: readonly (readonly (Action | Reusable)[])[],
): readonly Finding[] {
  // Most steps have no two of anything.
  if (parameters.length < 2 && actions.every((list) => list.length < 2)) return [];
  const name = (entry: Parameter | Action | Reusable): Named => {
    const found = entry.kind === 'reusable' ? findComponent(components, entry.reference) : entry;
    if (found === undefined) return { name: 'reference' in entry ? entry.reference : '', pointer: entry.pointer };
    if (found.kind === 'action' || found.in === undefined) return { name: found.name, pointer: entry.pointer };
    // Of the names of headers letter case says nothing (RFC 9110 §5.1).
    const key = found.in === 'header' ? found.name.toLowerCase() : found.name;
    return { name: `${found.name} in ${found.in}`, key: `${key} in ${found.in}`, pointer: entry.pointer };
  };
  return [...duplicates('parameter', parameters, name), ...actions.flatMap((list) => duplicates('action', list, name))];
}

function findComponent(components: Components, reference: string): Parameter | Action | undefined {
  const match = /^\$components\.(parameters|successActions|failureActions)\.(.+)$/s.exec(reference);
  const section = match?.[1];
  const key = match?.[2] ?? '';
  if (section === 'parameters') return components.parameters.get(key);
  return section === 'successActions' ? components.successActions.get(key) : components.failureActions.get(key);
}

function duplicates<Item>(subject: string, items: readonly Item[], read: (item: Item) => Named): readonly Finding[] {
  if (items.length < 2) return [];
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const { name, key = name, pointer } = read(item);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const message = `The ${subject} "${name}" is given twice; each ${subject} may be given once.`;
    return [{ code: 'duplicate-id', severity: 'error', message, pointer } as const];
  });
}
