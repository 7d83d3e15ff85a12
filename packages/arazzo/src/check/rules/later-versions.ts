import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { isRecord, memberOf, quote } from '../../document/json.ts';
import type { Action, Parameter, Reusable } from '../../document/model.ts';
import { childPointer, followPointers } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis } from '../analysis.ts';
import { report } from '../rule.ts';

type Kind = 'document' | 'source' | 'step' | 'action' | 'replacement' | 'parameter';

/** What Arazzo 1.1.0 adds to objects that 1.0 has: fields, or values of fields. */
const additions: readonly {
  readonly kind: Kind;
  readonly field: string;
  readonly value?: string;
  readonly section: string;
}[] = [
  { kind: 'document', field: '$self', section: 'Arazzo Specification Object' },
  { kind: 'source', field: 'type', value: 'asyncapi', section: 'Source Description Object' },
  { kind: 'step', field: 'timeout', section: 'Step Object' },
  { kind: 'step', field: 'dependsOn', section: 'Step Object' },
  { kind: 'step', field: 'channelPath', section: 'Step Object' },
  { kind: 'step', field: 'action', section: 'Step Object' },
  { kind: 'step', field: 'correlationId', section: 'Step Object' },
  { kind: 'action', field: 'parameters', section: 'Success Action Object' },
  { kind: 'replacement', field: 'targetSelectorType', section: 'Payload Replacement Object' },
  { kind: 'parameter', field: 'in', value: 'querystring', section: 'Parameter Object' },
];

/** A document has what the version it names has. More than that is read as the later version has it, with a warning. */
export function laterVersions(analysis: Analysis): readonly Diagnostic[] {
  return analysis.documents
    .filter(({ version }) => version.startsWith('1.0.'))
    .flatMap((document) => judge(document).map((finding) => report(document, finding)));
}

function judge(document: ArazzoDocument): readonly Finding[] {
  const follow = followPointers(document.file.value);
  return listObjects(document).flatMap(({ kind, pointer }): readonly Finding[] => {
    const object = follow(pointer);
    const fields = additions.filter((addition) => addition.kind === kind && isAdded(object, addition));
    const selectors = kind === 'step' || kind === 'workflow' ? selectorsOf(object) : [];
    return [
      ...fields.map(({ field, value, section }) => {
        const what = value === undefined ? `"${field}"` : `the "${field}" ${quote(value)}`;
        return describe(document, what, section, childPointer(pointer, field), value === undefined ? 'key' : 'value');
      }),
      ...selectors.map((name) =>
        describe(document, 'a Selector Object', 'Selector Object', childPointer(`${pointer}/outputs`, name), 'key'),
      ),
    ];
  });
}

function isAdded(object: unknown, { field, value }: (typeof additions)[number]): boolean {
  const found = memberOf(object, field);
  return value === undefined ? found !== undefined : found === value;
}

function selectorsOf(object: unknown): readonly string[] {
  const outputs = memberOf(object, 'outputs');
  return isRecord(outputs) ? Object.keys(outputs).filter((name) => isRecord(outputs[name])) : [];
}

function describe(
  { version }: ArazzoDocument,
  what: string,
  section: string,
  pointer: string,
  about: 'key' | 'value',
): Finding {
  const message = `The document says "arazzo: ${version}" and has ${what}, which is of Arazzo 1.1.0 §${section}; it is read as 1.1 has it.`;
  return { code: 'later-version', severity: 'warning', message, pointer, about };
}

interface Written {
  readonly kind: Kind | 'workflow';
  readonly pointer: string;
}

function listObjects({ sources, workflows, components }: ArazzoDocument): readonly Written[] {
  const objects: Written[] = [{ kind: 'document', pointer: '' }];
  const add = (kind: Written['kind'], entries: Iterable<{ readonly pointer: string }>): void => {
    for (const { pointer } of entries) objects.push({ kind, pointer });
  };
  const addParameters = (entries: Iterable<Parameter | Reusable>): void =>
    add(
      'parameter',
      [...entries].filter(({ kind }) => kind === 'parameter'),
    );
  const addActions = (entries: Iterable<Action | Reusable>): void => {
    const actions = [...entries].flatMap((entry) => (entry.kind === 'action' ? entry : []));
    add('action', actions);
    for (const action of actions) addParameters(action.parameters);
  };
  add('source', sources);
  add('workflow', workflows);
  for (const workflow of workflows) {
    addParameters(workflow.parameters);
    for (const actions of [workflow.successActions, workflow.failureActions]) addActions(actions);
    add('step', workflow.steps);
    for (const step of workflow.steps) {
      addParameters(step.parameters);
      for (const actions of [step.onSuccess, step.onFailure]) addActions(actions);
      add('replacement', step.requestBody?.replacements ?? []);
    }
  }
  addParameters(components.parameters.values());
  for (const actions of [components.successActions, components.failureActions]) addActions(actions.values());
  return objects;
}
