import { quote } from './json.ts';
import { Members } from './members.ts';
import type { Action } from './model.ts';
import { readCriterion } from './read-criterion.ts';
import { readParameter } from './read-parameter.ts';
import type { Finding } from './source-file.ts';

const actionFields = ['name', 'type', 'workflowId', 'stepId', 'parameters', 'criteria'];

/** Reads a Success Action Object or Failure Action Object. */
export function readAction(
  value: unknown,
  pointer: string,
  findings: Finding[],
  outcome: 'success' | 'failure',
): Action | undefined {
  const known = outcome === 'failure' ? [...actionFields, 'retryAfter', 'retryLimit'] : actionFields;
  const members = Members.read(value, pointer, { subject: `${outcome} action`, known }, findings);
  const name = members?.identifier('name');
  const type = members && readType(members, name, outcome);
  if (members === undefined || name === undefined || type === undefined) return undefined;
  if (type !== 'end' && type !== 'goto' && !(type === 'retry' && outcome === 'failure')) {
    const expected = outcome === 'failure' ? '"end", "goto" or "retry"' : '"end" or "goto"';
    const message = `The type of the ${outcome} action "${name}" is ${quote(type)}; ${expected} was expected.`;
    members.report('invalid-value', message, members.at('type'));
    return undefined;
  }
  const target = readTarget(members, type, name);
  reportUseless(members, type, name);
  return {
    kind: 'action',
    name,
    type,
    ...target,
    ...readRetry(members),
    parameters: members.list('parameters', (item, at) => readParameter(item, at, findings)),
    criteria: members.list('criteria', (item, at) => readCriterion(item, at, findings)),
    pointer,
  };
}

/** Published documents give a component by `name`, which then says nothing of a `type`. */
function readType(members: Members, name: string | undefined, outcome: string): string | undefined {
  if (members.has('type') || !name?.startsWith('$components.')) return members.string('type', 'required');
  const message = `The ${outcome} action names the component "${name}" by "name"; "reference" was expected.`;
  members.report('invalid-value', message, members.at('name'));
  return undefined;
}

/** Fields that are "only relevant" with another type, or with a workflow to go to (Arazzo 1.1.0 §Failure Action Object). */
function reportUseless(members: Members, type: 'end' | 'goto' | 'retry', name: string): void {
  const ofType =
    type === 'retry' ? [] : ['retryAfter', 'retryLimit', ...(type === 'end' ? ['stepId', 'workflowId'] : [])];
  const useless = members.has('workflowId') && type !== 'end' ? ofType : [...ofType, 'parameters'];
  for (const field of useless.filter((candidate) => members.has(candidate))) {
    const reason = field === 'parameters' ? 'leads to no workflow' : `is of the type "${type}"`;
    const message = `The action "${name}" has "${field}", which is of no use: it ${reason}.`;
    members.report('invalid-value', message, members.at(field), 'warning');
  }
}

function readTarget(members: Members, type: Action['type'], name: string): Pick<Action, 'workflowId' | 'stepId'> {
  const workflowId = members.string('workflowId');
  const stepId = members.string('stepId');
  if (type === 'goto' && workflowId === undefined && stepId === undefined) {
    const message = `The action "${name}" goes to nothing; a "stepId" or "workflowId" is required.`;
    members.report('missing-member', message, members.pointer);
  }
  if (workflowId !== undefined && stepId !== undefined) {
    const message = `The action "${name}" has both "stepId" and "workflowId"; only one may be given.`;
    members.report('invalid-value', message, members.pointer);
  }
  return { ...(workflowId !== undefined && { workflowId }), ...(stepId !== undefined && { stepId }) };
}

function readRetry(members: Members): Pick<Action, 'retryAfter' | 'retryLimit'> {
  const retryAfter = members.amount('retryAfter', 'number');
  const retryLimit = members.amount('retryLimit', 'integer');
  return { ...(retryAfter !== undefined && { retryAfter }), ...(retryLimit !== undefined && { retryLimit }) };
}
