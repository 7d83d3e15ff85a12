import { quote } from './json.ts';
import { Members } from './members.ts';
import type { Action, Criterion, Reusable } from './model.ts';
import type { Finding } from './source-file.ts';

/** Reads a Criterion Object (Arazzo 1.0.1 §Criterion Object). */
export function readCriterion(value: unknown, pointer: string, findings: Finding[]): Criterion | undefined {
  const shape = { subject: 'criterion', known: ['context', 'condition', 'type'] };
  const members = Members.read(value, pointer, shape, findings);
  const condition = members?.string('condition', 'required');
  if (members === undefined || condition === undefined) return undefined;
  const type = readCriterionType(members, findings);
  const context = members.string('context');
  if (members.has('type') && !members.has('context') && type !== 'simple') {
    const message = `The criterion has the type "${type}" but no "context", which is required with it.`;
    members.report('missing-member', message, pointer);
  }
  return { pointer, condition, type, ...(context !== undefined && { context }) };
}

/** The type of a criterion is a word or a Criterion Expression Type Object. */
function readCriterionType(members: Members, findings: Finding[]): string {
  const type = members.value('type');
  if (type === undefined) return 'simple';
  if (typeof type === 'string') {
    if (['simple', 'regex', 'jsonpath', 'xpath'].includes(type)) return type;
    const message = `The type of the criterion is ${quote(type)}; "simple", "regex", "jsonpath" or "xpath" was expected.`;
    members.report('invalid-value', message, members.at('type'));
    return 'simple';
  }
  const shape = { subject: 'criterion expression type', known: ['type', 'version'] };
  return Members.read(type, members.at('type'), shape, findings)?.string('type', 'required') ?? 'simple';
}

/** Reads a Reusable Object when the value is one: it has a `reference`, and everything but `value` is ignored. */
export function readReusable(value: unknown, pointer: string): Reusable | undefined {
  if (typeof value !== 'object' || value === null || !('reference' in value)) return undefined;
  if (typeof value.reference !== 'string') return undefined;
  const hasValue = Object.hasOwn(value, 'value');
  return {
    kind: 'reusable',
    reference: value.reference,
    value: 'value' in value ? value.value : undefined,
    hasValue,
    pointer,
  };
}

const actionFields = ['name', 'type', 'workflowId', 'stepId', 'criteria'];

/** Reads a Success Action Object or Failure Action Object. */
export function readAction(
  value: unknown,
  pointer: string,
  findings: Finding[],
  outcome: 'success' | 'failure',
): Action | undefined {
  const known = outcome === 'failure' ? [...actionFields, 'retryAfter', 'retryLimit'] : actionFields;
  const unsupported = { parameters: 'parameters of an action are' };
  const members = Members.read(value, pointer, { subject: `${outcome} action`, known, unsupported }, findings);
  const name = members?.identifier('name');
  const type = members?.string('type', 'required');
  if (members === undefined || name === undefined || type === undefined) return undefined;
  if (type !== 'end' && type !== 'goto' && !(type === 'retry' && outcome === 'failure')) {
    const expected = outcome === 'failure' ? '"end", "goto" or "retry"' : '"end" or "goto"';
    const message = `The type of the ${outcome} action "${name}" is ${quote(type)}; ${expected} was expected.`;
    members.report('invalid-value', message, members.at('type'));
    return undefined;
  }
  const action = { kind: 'action', name, type, ...readTarget(members), pointer } as const;
  if (type === 'goto' && action.workflowId === undefined && action.stepId === undefined) {
    members.report(
      'missing-member',
      `The action "${name}" goes to nothing; a "stepId" or "workflowId" is required.`,
      pointer,
    );
  }
  if (action.workflowId !== undefined && action.stepId !== undefined) {
    const message = `The action "${name}" has both "stepId" and "workflowId"; only one may be given.`;
    members.report('invalid-value', message, pointer);
  }
  return {
    ...action,
    ...readRetry(members),
    criteria: members.list('criteria', (item, at) => readCriterion(item, at, findings)),
  };
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
