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
  const type = members?.string('type', 'required');
  if (members === undefined || name === undefined || type === undefined) return undefined;
  if (type !== 'end' && type !== 'goto' && !(type === 'retry' && outcome === 'failure')) {
    const expected = outcome === 'failure' ? '"end", "goto" or "retry"' : '"end" or "goto"';
    const message = `The type of the ${outcome} action "${name}" is ${quote(type)}; ${expected} was expected.`;
    members.report('invalid-value', message, members.at('type'));
    return undefined;
  }
  const target = readTarget(members);
  if (type === 'goto' && target.workflowId === undefined && target.stepId === undefined) {
    members.report(
      'missing-member',
      `The action "${name}" goes to nothing; a "stepId" or "workflowId" is required.`,
      pointer,
    );
  }
  if (target.workflowId !== undefined && target.stepId !== undefined) {
    const message = `The action "${name}" has both "stepId" and "workflowId"; only one may be given.`;
    members.report('invalid-value', message, pointer);
  }
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

function readTarget(members: Members): Pick<Action, 'workflowId' | 'stepId'> {
  const workflowId = members.string('workflowId');
  const stepId = members.string('stepId');
  return { ...(workflowId !== undefined && { workflowId }), ...(stepId !== undefined && { stepId }) };
}

function readRetry(members: Members): Pick<Action, 'retryAfter' | 'retryLimit'> {
  const retryAfter = members.amount('retryAfter', 'number');
  const retryLimit = members.amount('retryLimit', 'integer');
  return { ...(retryAfter !== undefined && { retryAfter }), ...(retryLimit !== undefined && { retryLimit }) };
}
