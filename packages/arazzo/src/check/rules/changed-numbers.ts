import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { isChanged, mayHoldChanged } from '../../document/changed-number.ts';
import { childPointer, parsePointer, resolvePointer } from '../../document/pointer.ts';
import { locate, type TreeNode } from '../../document/tree.ts';
import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from '../analysis.ts';
import { report } from '../rule.ts';

/** Every whole number that the document gives to requests and workflows is held as it is written. */
export function changedNumbers(analysis: Analysis): readonly Diagnostic[] {
  // Numbers below 2^53 have fewer digits, and few documents have others.
  const documents = new Set(analysis.documents.filter(({ file }) => /\d{16}/.test(file.source.text)));
  return analysis.workflows
    .filter(({ document }) => documents.has(document))
    .flatMap((workflow) => pointersOf(workflow).flatMap((pointer) => judge(workflow.document, pointer)));
}

/** The places of values that are sent. */
function pointersOf({ workflow, inputs, steps }: AnalyzedWorkflow): readonly string[] {
  const properties = childPointer(childPointer(workflow.pointer, 'inputs'), 'properties');
  const defaults = [...inputs.properties.keys()].map((name) => childPointer(childPointer(properties, name), 'default'));
  return [...defaults, ...steps.flatMap(pointersOfStep)];
}

function pointersOfStep({ parameters, body, onSuccess, onFailure }: AnalyzedStep): readonly string[] {
  const given = [...parameters, ...[...onSuccess, ...onFailure].flatMap((action) => action.parameters)];
  return [
    ...given.map(({ pointer }) => childPointer(pointer, 'value')),
    ...(body === undefined ? [] : [childPointer(body.pointer, 'payload')]),
    ...(body?.replacements ?? []).map(({ pointer }) => childPointer(pointer, 'value')),
  ];
}

function judge(document: ArazzoDocument, pointer: string): readonly Diagnostic[] {
  // Most values hold none, and then nothing is located.
  if (!mayHoldChanged(resolvePointer(document.file.value, parsePointer(pointer) ?? []))) return [];
  const { node, exact } = locate(document.file.tree(), pointer);
  if (!exact) return [];
  return listNumbers(node, pointer).flatMap((found) => {
    const written = document.file.source.text.slice(found.node.start, found.node.end);
    if (!isChanged(written)) return [];
    const message = `The value ${written} would be sent as ${found.node.value}: whole numbers beyond 9007199254740991 cannot all be held exactly; as text, in quotes or in a payload that is text, it stays what it is.`;
    return report(document, { code: 'inexact-number', severity: 'error', message, pointer: found.pointer });
  });
}

interface Found {
  readonly node: TreeNode;
  readonly pointer: string;
}

/** The numbers in a value that not every number is held as. */
function listNumbers(node: TreeNode, pointer: string): readonly Found[] {
  switch (node.kind) {
    case 'mapping':
      return node.entries.flatMap(({ key, node: member }) => listNumbers(member, childPointer(pointer, key)));
    case 'sequence':
      return node.items.flatMap((item, index) => listNumbers(item, childPointer(pointer, index)));
    case 'scalar':
      return typeof node.value === 'number' && Math.abs(node.value) >= 2 ** 53 ? [{ node, pointer }] : [];
  }
}
