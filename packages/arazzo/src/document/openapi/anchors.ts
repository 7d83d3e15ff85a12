import { isRecord, stringMember } from '../json.ts';
import { childPointer } from '../pointer.ts';
import type { SourceFile } from '../source-file.ts';

const listed = new WeakMap<SourceFile, ReadonlyMap<string, string>>();

/** The JSON Pointer of the schema that an `$anchor` names in a file (JSON Schema 2020-12 §8.2.2), or `undefined`. */
export function findAnchor(file: SourceFile, name: string): string | undefined {
  const anchors = listed.get(file) ?? listAnchors(file.value);
  listed.set(file, anchors);
  return anchors.get(name);
}

/** Values that aliases share are looked into once, so that this takes no longer than the file is. */
function listAnchors(root: unknown): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  const seen = new Set<unknown>();
  const waiting: (readonly [unknown, string])[] = [[root, '']];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const [value, pointer] = entry;
    if ((!isRecord(value) && !Array.isArray(value)) || seen.has(value)) continue;
    seen.add(value);
    const anchor = stringMember(value, '$anchor') ?? stringMember(value, '$dynamicAnchor');
    if (anchor !== undefined && !anchors.has(anchor)) anchors.set(anchor, pointer);
    for (const [name, child] of Object.entries(value)) waiting.push([child, childPointer(pointer, name)]);
  }
  return anchors;
}
