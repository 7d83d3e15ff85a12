import type { Diagnostic } from '../diagnostic.ts';
import { applyEdits } from '../document/apply-edits.ts';
import { type LoadOptions, loadDocument } from '../document/load.ts';
import { type DocumentReader, fileReader } from '../document/readers.ts';
import { type CheckOptions, check } from './check.ts';

export interface FixedDocument {
  /** The text of the document with every certain correction made; the text as it is when there is none. */
  readonly text: string;
  /** What was corrected, in the order in which it was. */
  readonly fixed: readonly Diagnostic[];
  /** What is left. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Corrections may bring others to light; no document needs more rounds than this. */
const MAX_ROUNDS = 20;
/** How many corrections are tried one by one when all at once are no improvement. */
const MAX_ALONE = 50;

/**
 * Corrects what is certain in the text of a document and nothing else: comments and layout stay. Only the document itself
 * is corrected, not its sources, and nothing is written. A correction that does not take away what it corrects, or that
 * brings up an error, is not made. Never rejects.
 */
export async function fixDocument(
  url: URL,
  bytes: Uint8Array,
  reader: DocumentReader = fileReader,
  options: LoadOptions & CheckOptions = {},
): Promise<FixedDocument> {
  const judge = (text: string) => checkBytes(url, new TextEncoder().encode(text), reader, options);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\ufeff' : '';
  let text = new TextDecoder().decode(bytes);
  let diagnostics = await checkBytes(url, bytes, reader, options);
  const fixed: Diagnostic[] = [];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const better = await improve(text, diagnostics, url.href, judge);
    if (better === undefined) break;
    fixed.push(...better.applied);
    text = better.text;
    diagnostics = better.diagnostics;
  }
  return { text: `${mark}${text}`, fixed, diagnostics };
}

interface Improvement {
  readonly text: string;
  readonly applied: readonly Diagnostic[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes all corrections at once, or, when that is no improvement, the first that is one by itself. */
async function improve(
  text: string,
  diagnostics: readonly Diagnostic[],
  url: string,
  judge: (text: string) => Promise<readonly Diagnostic[]>,
): Promise<Improvement | undefined> {
  const certain = diagnostics.filter((diagnostic) => diagnostic.url === url && diagnostic.fix !== undefined);
  const attempts = certain.length > 1 ? [certain, ...certain.slice(0, MAX_ALONE).map((one) => [one])] : [certain];
  for (const attempt of attempts) {
    const { text: corrected, applied } = applyEdits(text, attempt);
    if (applied.length === 0) continue;
    const after = await judge(corrected);
    if (isBetter(after, diagnostics)) return { text: corrected, applied, diagnostics: after };
  }
  return undefined;
}

async function checkBytes(
  url: URL,
  bytes: Uint8Array,
  reader: DocumentReader,
  options: LoadOptions & CheckOptions,
): Promise<readonly Diagnostic[]> {
  const overlaid: DocumentReader = {
    read: async (wanted, signal) => (wanted.href === url.href ? bytes : reader.read(wanted, signal)),
  };
  const loaded = await loadDocument(url, overlaid, options);
  return loaded.kind === 'refused' ? loaded.diagnostics : check(loaded.document, options);
}

/** Where an error is gone, warnings may come to light that it hid. */
function isBetter(after: readonly Diagnostic[], before: readonly Diagnostic[]): boolean {
  const fewer = countErrors(before) - countErrors(after);
  return fewer > 0 || (fewer === 0 && after.length < before.length);
}

function countErrors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}
