import { isRecord, quote, stringMember } from './json.ts';
import { Members } from './members.ts';
import type { Action, Output, Parameter, RequestBody, Reusable, Step } from './model.ts';
import { childPointer } from './pointer.ts';
import { readAction, readCriterion, readReusable } from './read-action.ts';
import type { Finding } from './source-file.ts';

const stepFields = [
  ...['stepId', 'description', 'operationId', 'operationPath', 'workflowId', 'parameters', 'requestBody'],
  ...['successCriteria', 'onSuccess', 'onFailure', 'outputs', 'timeout'],
];

const unsupportedStepFields = {
  channelPath: 'steps over an AsyncAPI channel are',
  action: 'steps over an AsyncAPI channel are',
  correlationId: 'steps over an AsyncAPI channel are',
  dependsOn: 'dependencies between steps are',
};

/** Reads a Step Object (Arazzo 1.0.1 §Step Object). */
export function readStep(value: unknown, pointer: string, findings: Finding[]): Step | undefined {
  const name = stringMember(value, 'stepId');
  const subject = name === undefined ? 'step' : `step ${quote(name)}`;
  const shape = { subject, known: stepFields, unsupported: unsupportedStepFields };
  const members = Members.read(value, pointer, shape, findings);
  const stepId = members?.identifier('stepId');
  if (members === undefined || stepId === undefined) return undefined;
  const description = members.string('description');
  const timeout = members.amount('timeout', 'integer');
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
    outputs: readOutputs(members, subject),
    ...(timeout !== undefined && { timeout }),
    pointer,
  };
}

type StepTarget = Pick<Step, 'operationId' | 'operationPath' | 'workflowId'>;

function readStepTarget(members: Members, subject: string): StepTarget {
  const names = ['operationId', 'operationPath', 'workflowId'] as const;
  const given = names.filter((name) => members.has(name));
  if (given.length > 1) {
    const message = `The ${subject} has ${given.map(quote).join(' and ')}; only one of them may be given.`;
    members.report('invalid-value', message, members.at(given[1] ?? ''));
  }
  const async = ['channelPath', 'action'].some((name) => members.has(name));
  if (given.length === 0 && !async) {
    const message = `The ${subject} calls nothing; an "operationId", "operationPath" or "workflowId" is required.`;
    members.report('missing-member', message, members.pointer);
  }
  const target: { [Name in (typeof names)[number]]?: string } = {};
  for (const name of given) {
    const text = members.string(name);
    if (text !== undefined) target[name] = text;
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

/** Reads a Parameter Object, or a Reusable Object in its place. */
export function readParameter(value: unknown, pointer: string, findings: Finding[]): Parameter | Reusable | undefined {
  return readReusable(value, pointer) ?? readParameterObject(value, pointer, findings);
}

/** Reads a Parameter Object (Arazzo 1.0.1 §Parameter Object). */
export function readParameterObject(value: unknown, pointer: string, findings: Finding[]): Parameter | undefined {
  const members = Members.read(value, pointer, { subject: 'parameter', known: ['name', 'in', 'value'] }, findings);
  const name = members?.identifier('name');
  if (members === undefined || name === undefined) return undefined;
  const place = members.string('in');
  if (place !== undefined && !['path', 'query', 'querystring', 'header', 'cookie'].includes(place)) {
    const message = `The parameter "${name}" is in ${quote(place)}; "path", "query", "querystring", "header" or "cookie" was expected.`;
    members.report('invalid-value', message, members.at('in'));
  }
  const parameterValue = members.value('value', 'required');
  return { kind: 'parameter', name, ...(place !== undefined && { in: place }), value: parameterValue, pointer };
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
    const known = ['target', 'value'];
    const unsupported = { targetSelectorType: 'a selector type of a replacement is' };
    const entry = Members.read(item, at, { subject: 'payload replacement', known, unsupported }, findings);
    const target = entry?.string('target', 'required');
    if (entry === undefined || target === undefined) return undefined;
    return { target, value: entry.value('value', 'required'), pointer: at };
  });
  return {
    ...(contentType !== undefined && { contentType }),
    payload: members.value('payload'),
    replacements,
    pointer,
  };
}

/** Reads an `outputs` map of a step or workflow. */
export function readOutputs(members: Members, subject: string): readonly Output[] {
  const outputs: Output[] = [];
  for (const [name, expression] of Object.entries(members.record('outputs') ?? {})) {
    const pointer = childPointer(members.at('outputs'), name);
    if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
      const message = `The output ${quote(name)} of the ${subject} has a name outside "a-z A-Z 0-9 . - _".`;
      members.report('invalid-value', message, pointer);
    } else if (isRecord(expression)) {
      const message = `The output "${name}" of the ${subject} is an object: Selector Objects are not supported yet.`;
      members.report('not-supported', message, pointer);
    } else if (typeof expression === 'string') {
      outputs.push({ name, expression, pointer });
    } else {
      const message = `The output "${name}" of the ${subject} is ${quote(expression)}; a runtime expression was expected.`;
      members.report('wrong-type', message, pointer);
    }
  }
  return outputs;
}
