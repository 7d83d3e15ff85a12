import { isRecord, quote, stringMember } from './json.ts';
import { judgeKey } from './map-key.ts';
import { Members } from './members.ts';
import type { Action, Output, RequestBody, Reusable, Step } from './model.ts';
import { childPointer } from './pointer.ts';
import { readAction } from './read-action.ts';
import { readCriterion } from './read-criterion.ts';
import { readExpressionType } from './read-expression-type.ts';
import { readParameter, readReusable } from './read-parameter.ts';
import { readSelector } from './read-selector.ts';
import type { Finding } from './source-file.ts';
import { trimList } from './trim-list.ts';

const stepFields = [
  ...['stepId', 'description', 'operationId', 'operationPath', 'workflowId', 'parameters', 'requestBody'],
  ...['successCriteria', 'onSuccess', 'onFailure', 'outputs', 'timeout', 'dependsOn'],
  ...['channelPath', 'action', 'correlationId'],
];

/** Reads a Step Object (Arazzo 1.0.1 §Step Object). */
export function readStep(value: unknown, pointer: string, findings: Finding[]): Step | undefined {
  const name = stringMember(value, 'stepId');
  const subject = name === undefined ? 'step' : `step ${quote(name)}`;
  const shape = { subject, known: stepFields };
  const members = Members.read(value, pointer, shape, findings);
  const stepId = members?.identifier('stepId');
  if (members === undefined || stepId === undefined) return undefined;
  const description = members.string('description');
  const timeout = members.amount('timeout', 'integer');
  if (timeout === 0) {
    const message = `The "timeout" of the ${subject} is 0 ms, in which no step completes: it always fails. Leave it out for the default.`;
    members.report('invalid-value', message, members.at('timeout'), 'warning');
  }
  const requestBody = members.has('requestBody')
    ? readRequestBody(members.value('requestBody'), members.at('requestBody'), findings)
    : undefined;
  return {
    stepId,
    ...(description !== undefined && { description }),
    ...readStepTarget(members, subject),
    parameters: members.list('parameters', (item, at) => readParameter(item, at, findings)),
    ...(requestBody && { requestBody }),
    ...readSuccessCriteria(members, subject, findings),
    onSuccess: members.list('onSuccess', (item, at) => readActionEntry(item, at, findings, 'success')),
    onFailure: members.list('onFailure', (item, at) => readActionEntry(item, at, findings, 'failure')),
    outputs: readOutputs(members, subject, findings),
    ...(timeout !== undefined && { timeout }),
    dependsOn: members.list('dependsOn', (item, at) => {
      if (typeof item === 'string') return { text: item, pointer: at };
      members.report('wrong-type', `The ${subject} depends on ${quote(item)}; a stepId was expected.`, at);
      return undefined;
    }),
    ...readChannel(members, subject),
    pointer,
  };
}

/** Reads what only steps over an AsyncAPI channel have (Arazzo 1.1.0 §Step Object). */
function readChannel(members: Members, subject: string): Pick<Step, 'channelPath' | 'action' | 'correlationId'> {
  const channelPath = members.string('channelPath');
  const correlationId = members.string('correlationId');
  const action = members.string('action');
  if (action !== undefined && action !== 'send' && action !== 'receive') {
    const message = `The "action" of the ${subject} is ${quote(action)}; "send" or "receive" was expected.`;
    members.report('invalid-value', message, members.at('action'));
  }
  if (members.has('channelPath') && !members.has('action')) {
    const message = `The ${subject} has a "channelPath" and no "action", which is required with it.`;
    members.report('missing-member', message, members.pointer);
  }
  return {
    ...(channelPath !== undefined && { channelPath }),
    ...((action === 'send' || action === 'receive') && { action }),
    ...(correlationId !== undefined && { correlationId }),
  };
}

/** The fields of which a step has one. */
const targetFields = ['operationId', 'operationPath', 'workflowId', 'channelPath'] as const;

type StepTarget = Pick<Step, 'operationId' | 'operationPath' | 'workflowId'>;

function readStepTarget(members: Members, subject: string): StepTarget {
  const given = targetFields.filter((name) => members.has(name));
  if (given.length > 1) {
    const message = `The ${subject} has ${given.map(quote).join(' and ')}; only one of them may be given.`;
    members.report('invalid-value', message, members.at(given[1] ?? ''));
  }
  if (given.length === 0) {
    const message = `The ${subject} calls nothing; an "operationId", "operationPath", "channelPath" or "workflowId" is required.`;
    members.report('missing-member', message, members.pointer);
  }
  const target: { -readonly [Name in keyof StepTarget]: StepTarget[Name] } = {};
  for (const name of given) {
    const text = name === 'channelPath' ? undefined : members.string(name);
    if (text !== undefined && name !== 'channelPath') target[name] = text;
  }
  return target;
}

function readSuccessCriteria(members: Members, subject: string, findings: Finding[]): Pick<Step, 'successCriteria'> {
  if (!members.has('successCriteria')) return {};
  const successCriteria = members.list('successCriteria', (item, at) => readCriterion(item, at, findings));
  const given = members.value('successCriteria');
  if (Array.isArray(given) && given.length === 0) {
    const message = `The "successCriteria" of the ${subject} is empty; at least one criterion was expected.`;
    members.report('invalid-value', message, members.at('successCriteria'));
  }
  return { successCriteria };
}

/** Reads an action, or a Reusable Object in its place. */
export function readActionEntry(
  value: unknown,
  pointer: string,
  findings: Finding[],
  outcome: 'success' | 'failure',
): Action | Reusable | undefined {
  return readReusable(value, pointer) ?? readAction(value, pointer, findings, outcome);
}

function readRequestBody(value: unknown, pointer: string, findings: Finding[]): RequestBody | undefined {
  const shape = { subject: 'request body', known: ['contentType', 'payload', 'replacements'] };
  const members = Members.read(value, pointer, shape, findings);
  if (members === undefined) return undefined;
  const contentType = members.string('contentType');
  const replacements = members.list('replacements', (item, at) => {
    const known = ['target', 'targetSelectorType', 'value'];
    const entry = Members.read(item, at, { subject: 'payload replacement', known }, findings);
    const target = entry?.string('target', 'required');
    if (entry === undefined || target === undefined) return undefined;
    const language = readExpressionType(entry, 'targetSelectorType', ['jsonpointer', 'jsonpath', 'xpath'], findings);
    return { target, ...(language && { language }), value: entry.value('value', 'required'), pointer: at };
  });
  return {
    ...(contentType !== undefined && { contentType }),
    payload: members.value('payload'),
    replacements,
    pointer,
  };
}

/** Reads an `outputs` map of a step or workflow. */
export function readOutputs(members: Members, subject: string, findings: Finding[]): readonly Output[] {
  const outputs = members.record('outputs');
  if (outputs === undefined) return [];
  const at = members.at('outputs');
  const read = Object.keys(outputs).flatMap((name): Output | readonly [] => {
    const expression = outputs[name];
    const pointer = childPointer(at, name);
    findings.push(...judgeKey(name, `output ${quote(name)} of the ${subject}`, pointer));
    if (isRecord(expression)) {
      readSelector(expression, pointer, findings);
      return { name, expression, pointer };
    }
    if (typeof expression === 'string') return { name, expression, pointer };
    const message = `The output "${name}" of the ${subject} is ${quote(expression)}; a runtime expression was expected.`;
    members.report('wrong-type', message, pointer);
    return [];
  });
  return trimList(read);
}
