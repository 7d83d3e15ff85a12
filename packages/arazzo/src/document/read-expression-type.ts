import { queryVersions } from './expression-versions.ts';
import { isRecord, quote } from './json.ts';
import { Members } from './members.ts';
import type { ExpressionType } from './model.ts';
import type { Finding } from './source-file.ts';

/**
 * Reads a field that is one of `words` or an Expression Type Object, with the version that is the default where none is
 * given. The Criterion Object of Arazzo 1.0 may have the `version` beside its `type`; its JSON Schema has it nowhere else.
 */
export function readExpressionType(
  members: Members,
  field: string,
  words: readonly string[],
  findings: Finding[],
): ExpressionType | undefined {
  const value = members.value(field);
  if (isRecord(value)) {
    const shape = { subject: 'expression type', known: ['type', 'version'] };
    const object = new Members(value, members.at(field), shape, findings);
    object.value('version', 'required');
    return object.has('type') ? readWord(object, 'type', [...queryVersions.keys()]) : missingType(object);
  }
  return readWord(members, field, words);
}

function missingType(object: Members): undefined {
  object.value('type', 'required');
  return undefined;
}

function readWord(members: Members, field: string, words: readonly string[]): ExpressionType | undefined {
  const type = members.string(field);
  if (type === undefined) return undefined;
  if (words.includes(type)) return { type, ...readVersion(members, type) };
  const expected = words.map((word) => `"${word}"`).join(', ');
  members.report('invalid-value', `The type is ${quote(type)}; one of ${expected} was expected.`, members.at(field));
  return undefined;
}

function readVersion(members: Members, type: string): Pick<ExpressionType, 'version'> {
  const versions = queryVersions.get(type);
  const version = members.string('version');
  if (version === undefined) return versions?.[0] === undefined ? {} : { version: versions[0] };
  if (versions?.includes(version)) return { version };
  const expected = versions?.map((known) => `"${known}"`).join(', ') ?? 'none';
  const message = `The version of the type "${type}" is ${quote(version)}; of its versions ${expected} was expected.`;
  members.report('invalid-value', message, members.at('version'));
  return {};
}
