import { isRecord, quote, stringMember } from './json.ts';
import { judgeKey } from './map-key.ts';
import { Members } from './members.ts';
import type { Action, Components, Parameter, SourceDescription, Workflow } from './model.ts';
import { childPointer } from './pointer.ts';
import { readAction } from './read-action.ts';
import { readParameter, readParameterObject } from './read-parameter.ts';
import { readActionEntry, readOutputs, readStep } from './read-step.ts';
import type { Finding } from './source-file.ts';

const workflowFields = [
  ...['workflowId', 'summary', 'description', 'inputs', 'dependsOn', 'steps'],
  ...['successActions', 'failureActions', 'outputs', 'parameters'],
];

/** Reads a Workflow Object (Arazzo 1.0.1 §Workflow Object). */
export function readWorkflow(value: unknown, pointer: string, findings: Finding[]): Workflow | undefined {
  const name = stringMember(value, 'workflowId');
  const subject = name === undefined ? 'workflow' : `workflow ${quote(name)}`;
  const members = Members.read(value, pointer, { subject, known: workflowFields }, findings);
  const workflowId = members?.identifier('workflowId');
  if (members === undefined || workflowId === undefined) return undefined;
  const summary = members.string('summary');
  const description = members.string('description');
  return {
    workflowId,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...readInputs(members, subject),
    dependsOn: members.list('dependsOn', (item, at) => {
      if (typeof item === 'string') return item;
      members.report('wrong-type', `The ${subject} depends on ${quote(item)}; a workflowId was expected.`, at);
      return undefined;
    }),
    steps: members.list('steps', (item, at) => readStep(item, at, findings), 'required'),
    successActions: members.list('successActions', (item, at) => readActionEntry(item, at, findings, 'success')),
    failureActions: members.list('failureActions', (item, at) => readActionEntry(item, at, findings, 'failure')),
    parameters: members.list('parameters', (item, at) => readParameter(item, at, findings)),
    outputs: readOutputs(members, subject, findings),
    pointer,
  };
}

function readInputs(members: Members, subject: string): Pick<Workflow, 'inputs'> {
  if (!members.has('inputs')) return {};
  const inputs = members.value('inputs');
  if (isRecord(inputs) || typeof inputs === 'boolean') return { inputs };
  members.report(
    'wrong-type',
    `The "inputs" of the ${subject} is ${quote(inputs)}; a JSON Schema was expected.`,
    members.at('inputs'),
  );
  return {};
}

/** Reads a Source Description Object (Arazzo 1.0.1 §Source Description Object). */
export function readSourceDescription(
  value: unknown,
  pointer: string,
  findings: Finding[],
): SourceDescription | undefined {
  const members = Members.read(
    value,
    pointer,
    { subject: 'source description', known: ['name', 'url', 'type'] },
    findings,
  );
  const name = members?.identifier('name');
  const url = members?.identifier('url');
  if (members === undefined || name === undefined || url === undefined) return undefined;
  const type = members.string('type') ?? 'openapi';
  if (!['openapi', 'arazzo', 'asyncapi'].includes(type)) {
    const message = `The type of the source "${name}" is ${quote(type)}; "openapi", "asyncapi" or "arazzo" was expected.`;
    members.report('invalid-value', message, members.at('type'));
  }
  return { name, url, type, pointer };
}

/** Reads a Components Object (Arazzo 1.0.1 §Components Object). */
export function readComponents(value: unknown, pointer: string, findings: Finding[]): Components {
  const known = ['inputs', 'parameters', 'successActions', 'failureActions'];
  const members =
    value === undefined ? undefined : Members.read(value, pointer, { subject: 'components', known }, findings);
  const collect = <Item>(
    name: string,
    read: (item: unknown, at: string) => Item | undefined,
  ): ReadonlyMap<string, Item> => {
    const collected = new Map<string, Item>();
    for (const [key, item] of Object.entries(members?.record(name) ?? {})) {
      const at = childPointer(childPointer(pointer, name), key);
      findings.push(...judgeKey(key, `component ${quote(key)}`, at));
      const component = read(item, at);
      if (component !== undefined) collected.set(key, component);
    }
    return collected;
  };
  return {
    inputs: collect<unknown>('inputs', (item) => item),
    parameters: collect<Parameter>('parameters', (item, at) => readParameterObject(item, at, findings)),
    successActions: collect<Action>('successActions', (item, at) => readAction(item, at, findings, 'success')),
    failureActions: collect<Action>('failureActions', (item, at) => readAction(item, at, findings, 'failure')),
  };
}
