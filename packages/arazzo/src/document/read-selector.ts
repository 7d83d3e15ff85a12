import type { JsonRecord } from './json.ts';
import { Members } from './members.ts';
import { readExpressionType } from './read-expression-type.ts';
import type { Finding } from './source-file.ts';

/** Judges the fields of a Selector Object (Arazzo 1.1.0 §Selector Object) where nothing else can stand. */
export function readSelector(value: JsonRecord, pointer: string, findings: Finding[]): void {
  const shape = { subject: 'selector', known: ['context', 'selector', 'type'] };
  const members = new Members(value, pointer, shape, findings);
  members.string('context', 'required');
  members.string('selector', 'required');
  members.value('type', 'required');
  readExpressionType(members, 'type', ['jsonpath', 'xpath', 'jsonpointer'], findings);
}
