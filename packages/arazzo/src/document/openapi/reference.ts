import type { Diagnostic } from '../../diagnostic.ts';
import { quote, stringMember } from '../json.ts';
import type { Library } from '../library.ts';
import { childOf, childPointer, decodeFragment, parsePointer, resolvePointer } from '../pointer.ts';
import { locateFinding, type SourceFile } from '../source-file.ts';
import { findAnchor } from './anchors.ts';

/** A value inside one of the files of a description. */
export interface Place {
  readonly file: SourceFile;
  readonly pointer: string;
  readonly value: unknown;
}

export type Followed =
  /** `passed` are the places with a `$ref` on the way. */
  | { readonly kind: 'found'; readonly place: Place; readonly passed: readonly Place[] }
  | { readonly kind: 'unresolved'; readonly diagnostic: Diagnostic };

/** Follows the reference that may stand at a place. */
export type Reach = (place: Place | undefined) => Promise<Place | undefined>;

/** References that only lead to references are followed this often; more, or a circle, is unresolved. */
const MAX_REFERENCE_HOPS = 32;

/** The member or item of a place, or `undefined`. */
export function childPlace(place: Place, token: string | number): Place | undefined {
  const value = childOf(place.value, String(token));
  return value === undefined ? undefined : { file: place.file, pointer: childPointer(place.pointer, token), value };
}

/** The place itself, or what its `$ref` finally leads to (OpenAPI 3.1 §Reference Object); other files are read on demand. */
export async function follow(library: Library, start: Place): Promise<Followed> {
  let place = start;
  const passed: Place[] = [];
  for (let hops = 0; hops < MAX_REFERENCE_HOPS; hops += 1) {
    const reference = stringMember(place.value, '$ref');
    if (reference === undefined) return { kind: 'found', place, passed };
    const next = await resolveReference(library, place, reference);
    if (typeof next === 'string') return unresolved(place, reference, next);
    passed.push(place);
    place = next;
  }
  return unresolved(start, stringMember(start.value, '$ref') ?? '', 'it leads in a circle');
}

/** What relative references in a file are relative to: its `$self` (OpenAPI 3.2 §Establishing the Base URI), else itself. */
export function baseOf({ url, value }: SourceFile): string {
  const self = stringMember(value, 'openapi') === undefined ? undefined : stringMember(value, '$self');
  return self !== undefined && URL.canParse(self, url) ? new URL(self, url).href.replace(/#.*$/s, '') : url;
}

async function resolveReference(library: Library, from: Place, reference: string): Promise<Place | string> {
  const base = baseOf(from.file);
  if (!URL.canParse(reference, base)) return 'it is no URL';
  const url = new URL(reference, base);
  const address = url.href.replace(/#.*$/s, '');
  const isOwn = address === from.file.url || address === base;
  const file = isOwn ? from.file : await openFile(library, address);
  return typeof file === 'string' ? file : findPlace(file, decodeFragment(url.hash.slice(1)));
}

/** The file at a URL, or why there is none. */
async function openFile(library: Library, url: string): Promise<SourceFile | string> {
  const opened = await library.open(url);
  if (opened.kind === 'unreadable') return opened.message.replace(/\.$/, '');
  if (opened.kind === 'refused') return `its file is refused: ${opened.diagnostics[0]?.message.replace(/\.$/, '')}`;
  return opened.file;
}

function findPlace(file: SourceFile, fragment: string): Place | string {
  const pointer = fragment === '' || fragment.startsWith('/') ? fragment : findAnchor(file, fragment);
  const tokens = pointer === undefined ? undefined : parsePointer(pointer);
  if (pointer === undefined || tokens === undefined)
    return 'its fragment is neither a JSON Pointer nor an anchor there';
  const value = resolvePointer(file.value, tokens);
  return value === undefined ? 'there is nothing at that place' : { file, pointer, value };
}

function unresolved(place: Place, reference: string, reason: string): Followed {
  const message = `The reference ${quote(reference)} cannot be resolved: ${reason}.`;
  const pointer = `${place.pointer}/$ref`;
  return {
    kind: 'unresolved',
    diagnostic: locateFinding(place.file, { code: 'unresolved-reference', severity: 'error', message, pointer }),
  };
}
