import { Members } from './members.ts';
import type { Criterion } from './model.ts';
import { readExpressionType } from './read-expression-type.ts';
import type { Finding } from './source-file.ts';

/** Reads a Criterion Object (Arazzo 1.0.1 §Criterion Object). */
export function readCriterion(value: unknown, pointer: string, findings: Finding[]): Criterion | undefined {
  const shape = { subject: 'criterion', known: ['context', 'condition', 'type', 'version'] };
  const members = Members.read(value, pointer, shape, findings);
  const condition = members?.string('condition', 'required');
  if (members === undefined || condition === undefined) return undefined;
  const type = readExpressionType(members, 'type', ['simple', 'regex', 'jsonpath', 'xpath'], findings);
  const context = members.string('context');
  // What has a type that is none is reported, and nothing more can be said of it.
  if (members.has('type') && type === undefined) return undefined;
  if (type !== undefined && context === undefined) reportContext(members, type.type);
  return { pointer, condition, type: 'simple', ...type, ...(context !== undefined && { context }) };
}

/** A simple condition has no use for the context that the specification asks for with every type. */
function reportContext(members: Members, type: string): void {
  const isSimple = type === 'simple';
  const message = `The criterion has the type "${type}" and no "context", which is required with it.`;
  members.add({
    code: isSimple ? 'invalid-condition' : 'missing-member',
    severity: isSimple ? 'warning' : 'error',
    message,
    section: 'Criterion Object',
    pointer: members.pointer,
  });
}
