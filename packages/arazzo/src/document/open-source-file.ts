import type { ArazzoDocument } from './arazzo-document.ts';
import { quote, quoteAll } from './json.ts';
import type { OpenResult } from './library.ts';
import type { SourceDescription } from './model.ts';
import { childPointer } from './pointer.ts';
import { relativeReference } from './relative-reference.ts';
import type { Finding } from './source-file.ts';

/** A source's file, or why there is none. */
export interface OpenedSource {
  /** Absolute, or as written when that is no URL. */
  readonly url: string;
  readonly opened: OpenResult;
  /** A lenient reading of the address. */
  readonly note?: Finding;
}

/**
 * Opens the file of a source description, relative to the document or its `$self` (Arazzo 1.1.0 §Relative References in
 * URLs). A file that is not there is looked for beside the document that has a `$self`, then in the folder the caller
 * gave, which is told.
 */
export async function openSourceFile(document: ArazzoDocument, description: SourceDescription): Promise<OpenedSource> {
  if (!URL.canParse(description.url, document.base)) {
    const message = `it has the url ${quote(description.url)}, and a URL was expected.`;
    return { url: description.url, opened: { kind: 'unreadable', message } };
  }
  const asked = new URL(description.url, document.base).href;
  const first = await document.library.open(asked);
  if (first.kind !== 'unreadable') return { url: asked, opened: first };
  const others = otherPlaces(document, description.url);
  for (const { url, moved } of others) {
    const opened = await document.library.open(url);
    if (opened.kind !== 'unreadable') {
      return { url, opened, ...(moved && { note: describeMove(description, asked, url) }) };
    }
  }
  const elsewhere = new Set(others.flatMap(({ url, moved }) => (moved && url !== asked ? url : [])));
  if (elsewhere.size === 0) return { url: asked, opened: first };
  const message = `${first.message} Nor is it at ${quoteAll(elsewhere)}.`;
  return { url: asked, opened: { kind: 'unreadable', message } };
}

interface OtherPlace {
  readonly url: string;
  /** False when it is the same place, written otherwise. */
  readonly moved: boolean;
}

function otherPlaces(document: ArazzoDocument, url: string): readonly OtherPlace[] {
  const text = relativeReference(document.base, url);
  const bases = new Set([document.base, document.url, document.fallbackBase ?? document.base]);
  return [...bases].flatMap((base) => {
    const moved = base !== document.base;
    const places = URL.canParse(text, base) ? [{ url: new URL(text, base).href, moved }] : [];
    // A file whose name holds a percent sign, which a URL would write as %25.
    const named = text.replaceAll('%', '%25');
    if (named !== text && URL.canParse(named, base)) places.push({ url: new URL(named, base).href, moved });
    return places;
  });
}

function describeMove(description: SourceDescription, asked: string, url: string): Finding {
  const message = `The source "${description.name}" is not at "${asked}"; it was read from "${url}". A URL relative to the document was expected.`;
  const section = 'Relative References in Arazzo Description URIs';
  const pointer = childPointer(description.pointer, 'url');
  return { code: 'source-elsewhere', severity: 'warning', message, section, pointer };
}
