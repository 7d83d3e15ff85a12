import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { isRecord, memberOf, quote } from '../../document/json.ts';
import type { Action, Parameter, Reusable } from '../../document/model.ts';
import { childPointer, followPointers } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis } from '../analysis.ts';
import { report } from '../rule.ts';

/** An object of a document. */
interface Written {
  readonly kind: 'document' | 'source' | 'workflow' | 'step' | 'action' | 'replacement' | 'parameter';
  readonly pointer: string;
}

interface Addition {
  readonly field: string;
  /** The value of the field that is new, when the field itself is not. */
  readonly value?: string;
  readonly section: string;
}

/** What Arazzo 1.1.0 adds to objects that 1.0 has: fields, or values of fields. */
const additions: ReadonlyMap<Written['kind'], readonly Addition[]> = new Map([
  ['document', [{ field: '$self', section: 'Arazzo Specification Object' }]],
  ['source', [{ field: 'type', value: 'asyncapi', section: 'Source Description Object' }]],
  [
    'step',
    ['timeout', 'dependsOn', 'channelPath', 'action', 'correlationId'].map((field) => ({
      field,
      section: 'Step Object',
    })),
  ],
  ['action', [{ field: 'parameters', section: 'Success Action Object' }]],
  ['replacement', [{ field: 'targetSelectorType', section: 'Payload Replacement Object' }]],
  ['parameter', [{ field: 'in', value: 'querystring', section: 'Parameter Object' }]],
]);

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
    const fields = (additions.get(kind) ?? []).filter((addition) => isAdded(object, addition));
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

function isAdded(object: unknown, { field, value }: Addition): boolean {
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

/** The objects that may have something new: of parameters, which are many, those in a new place. */
function listObjects({ sources, workflows, components }: ArazzoDocument): readonly Written[] {
  const objects: Written[] = [{ kind: 'document', pointer: '' }];
  const add = (kind: Written['kind'], entries: readonly { readonly pointer: string }[]): void => {
    for (const { pointer } of entries) objects.push({ kind, pointer });
  };
  const addParameters = (entries: readonly (Parameter | Reusable)[]): void => {
    add(
      'parameter',
      entries.filter((entry) => entry.kind === 'parameter' && entry.in === 'querystring'),
    );
  };
  const addActions = (entries: readonly (Action | Reusable)[]): void => {
    const actions = entries.filter((entry) => entry.kind === 'action');
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
  addParameters([...components.parameters.values()]);
  for (const actions of [components.successActions, components.failureActions]) addActions([...actions.values()]);
  return objects;
}
