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
    const lists = [
      successActions,
      failureActions,
      ...steps.flatMap(({ onSuccess, onFailure }) => [onSuccess, onFailure]),
    ];
    findings.push(
      ...listDuplicates(document, 'parameter', parameters),
      ...steps.flatMap((step) => listDuplicates(document, 'parameter', step.parameters, step.workflowId !== undefined)),
      ...lists.flatMap((list) => [...listDuplicates(document, 'action', list), ...ofActions(document, list)]),
    );
  }
  const { successActions, failureActions } = document.components;
  return [...findings, ...ofActions(document, [...successActions.values(), ...failureActions.values()])];
}

/** What an action is written with becomes inputs. */
function ofActions(document: ArazzoDocument, actions: readonly (Action | Reusable)[]): readonly Finding[] {
  return actions.flatMap((action) =>
    action.kind === 'action' ? listDuplicates(document, 'parameter', action.parameters, true) : [],
  );
}

/** Names count once Reusable Objects are replaced by what they reference; of inputs, where they say they are does not. */
function listDuplicates(
  { components }: ArazzoDocument,
  subject: 'parameter' | 'action',
  list: readonly (Parameter | Action | Reusable)[],
  areInputs = false,
): readonly Finding[] {
  return duplicates(subject, list, (entry) => {
    const found = entry.kind === 'reusable' ? findComponent(components, entry.reference) : entry;
    const { pointer } = entry;
    if (found === undefined) return { name: 'reference' in entry ? entry.reference : '', pointer };
    if (found.kind === 'action' || found.in === undefined || areInputs) return { name: found.name, pointer };
    // Of the names of headers letter case says nothing (RFC 9110 §5.1).
    const key = found.in === 'header' ? found.name.toLowerCase() : found.name;
    return { name: `${found.name} in ${found.in}`, key: `${key} in ${found.in}`, pointer };
  });
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
