import { isRecord, quote, stringMember } from './json.ts';
import type { Library } from './library.ts';
import type { Workflow } from './model.ts';
import { childPointer } from './pointer.ts';
import { dataKeywords, mapKeywords } from './schema-keywords.ts';
import { followSchemaReference, referencedFile, type SchemaPlace } from './schema-reference.ts';
import type { Finding, SourceFile } from './source-file.ts';

/** References that only lead to references are followed this often; more, or a circle, is unresolved. */
const MAX_REFERENCE_HOPS = 32;

interface Visit extends SchemaPlace {
  /** Where findings are told: inside the document itself, or where it leads to the other file. */
  readonly pointer: string;
}

/**
 * Reads the files that the `inputs` of workflows refer to into `files`, and returns a finding for each reference that
 * leads nowhere. Schemas may refer to each other in circles; each is visited once.
 */
export async function readInputSchemas(
  document: { readonly file: SourceFile; readonly base: string; readonly library: Library },
  workflows: readonly Workflow[],
  files: Map<string, SourceFile>,
): Promise<readonly Finding[]> {
  const { file, base, library } = document;
  const findings: Finding[] = [];
  const visited = new Set<unknown>();
  const waiting: Visit[] = workflows
    .filter(({ inputs }) => inputs !== undefined)
    .map(({ inputs, pointer }) => ({ file, base, value: inputs, pointer: childPointer(pointer, 'inputs') }));
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    if (!isRecord(visit.value) || visited.has(visit.value)) continue;
    visited.add(visit.value);
    waiting.push(...listChildren(visit, file));
    const reference = stringMember(visit.value, '$ref');
    if (reference === undefined) continue;
    const next = await resolveReference(visit, reference, library, files);
    if (typeof next !== 'string') {
      waiting.push({ ...next, pointer: visit.pointer });
      continue;
    }
    const message = `The reference ${quote(reference)} cannot be resolved: ${next}.`;
    const pointer = visit.file === file ? childPointer(visit.pointer, '$ref') : visit.pointer;
    findings.push({ code: 'unresolved-reference', severity: 'error', message, pointer });
  }
  return findings;
}

function listChildren(visit: Visit, own: SourceFile): readonly Visit[] {
  return Object.entries(isRecord(visit.value) ? visit.value : {}).flatMap(([name, value]) => {
    if (dataKeywords.has(name)) return [];
    const at = (pointer: string, token: string | number) =>
      visit.file === own ? childPointer(pointer, token) : visit.pointer;
    const pointer = at(visit.pointer, name);
    if (Array.isArray(value))
      return value.map((item, index) => ({ ...visit, value: item, pointer: at(pointer, index) }));
    if (!isRecord(value)) return [];
    if (!mapKeywords.has(name)) return [{ ...visit, value, pointer }];
    return Object.entries(value).map(([key, member]) => ({ ...visit, value: member, pointer: at(pointer, key) }));
  });
}

/** What a reference leads to, or why it leads nowhere. */
async function resolveReference(
  from: SchemaPlace,
  reference: string,
  library: Library,
  files: Map<string, SourceFile>,
): Promise<SchemaPlace | string> {
  const reason = await openReferenced(from, reference, library, files);
  if (reason !== undefined) return reason;
  const next = followSchemaReference(files, from, reference);
  if (next === undefined) return `there is nothing at that place${hintOf(reference)}`;
  return isCircle(files, next) ? 'it leads in a circle' : next;
}

/** Schemas with definitions of their own are written as if they were files, which within a document they are not. */
function hintOf(reference: string): string {
  const isOwn = /^#\/(?:\$defs|definitions)\//.test(reference);
  return isOwn ? ', which is looked up in the whole file; an "$anchor" can be referred to from everywhere in it' : '';
}

/** Opens the file a reference leads to; returns why it cannot be, or `undefined`. */
async function openReferenced(
  from: SchemaPlace,
  reference: string,
  library: Library,
  files: Map<string, SourceFile>,
): Promise<string | undefined> {
  const address = referencedFile(from, reference);
  if (address === undefined) {
    return reference.startsWith('#') || URL.canParse(reference, from.base) ? undefined : 'it is no URL';
  }
  if (files.has(address)) return undefined;
  const opened = await library.open(address);
  if (opened.kind === 'unreadable') return opened.message.replace(/\.$/, '');
  if (opened.kind === 'refused') return `its file is refused: ${opened.diagnostics[0]?.message.replace(/\.$/, '')}`;
  files.set(address, opened.file);
  return undefined;
}

/** Whether following references alone never ends. Files not read yet end it. */
function isCircle(files: ReadonlyMap<string, SourceFile>, start: SchemaPlace): boolean {
  let place: SchemaPlace | undefined = start;
  for (let hops = 0; hops < MAX_REFERENCE_HOPS; hops += 1) {
    const reference = stringMember(place?.value, '$ref');
    // A schema with more than a reference says something itself.
    if (place === undefined || reference === undefined) return false;
    place = followSchemaReference(files, place, reference);
  }
  return true;
}
