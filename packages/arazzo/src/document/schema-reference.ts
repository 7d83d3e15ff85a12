import { isRecord, type JsonRecord } from './json.ts';
import { decodeFragment, parsePointer, resolvePointer } from './pointer.ts';
import type { SourceFile } from './source-file.ts';

/** A schema with the file it is in and the URL that references in it are relative to. */
export interface SchemaPlace {
  readonly file: SourceFile;
  readonly base: string;
  readonly value: unknown;
}

/** The address of the file that a reference leads to, or `undefined` when it stays in its own or is no URL. */
export function referencedFile(from: SchemaPlace, reference: string): string | undefined {
  if (reference.startsWith('#') || !URL.canParse(reference, from.base)) return undefined;
  const address = new URL(reference, from.base).href.replace(/#.*$/s, '');
  return address === from.base || address === from.file.url ? undefined : address;
}

/** What a `$ref` of JSON Schema 2020-12 leads to: a JSON Pointer or an `$anchor` in its own file or in another. */
export function followSchemaReference(
  files: ReadonlyMap<string, SourceFile>,
  from: SchemaPlace,
  reference: string,
): SchemaPlace | undefined {
  const address = referencedFile(from, reference);
  const other = address === undefined ? undefined : files.get(address);
  if (address !== undefined && other === undefined) return undefined;
  if (address === undefined && !reference.startsWith('#') && !URL.canParse(reference, from.base)) return undefined;
  const place = other === undefined ? from : { file: other, base: other.url };
  const hash = reference.indexOf('#');
  const fragment = hash === -1 ? '' : decodeFragment(reference.slice(hash + 1));
  const root = place.file.value;
  const tokens = parsePointer(fragment);
  const value = tokens === undefined ? findAnchor(root, fragment) : resolvePointer(root, tokens);
  return value === undefined ? undefined : { file: place.file, base: place.base, value };
}

/** Searches a file for the schema with an `$anchor`; shared values are visited once. */
function findAnchor(root: unknown, anchor: string): JsonRecord | undefined {
  const visited = new Set<unknown>();
  const waiting = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null || visited.has(value)) continue;
    visited.add(value);
    if (isRecord(value) && Object.hasOwn(value, '$anchor') && value.$anchor === anchor) return value;
    for (const child of Object.values(value)) waiting.push(child);
  }
  return undefined;
}
