import { isRecord } from './json.ts';

/** Writes one reference token, escaped as RFC 6901 §3 asks. */
function escapeToken(token: string): string {
  // A regular expression would be made anew for each of the many tokens.
  return token.includes('~') || token.includes('/') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

/** The pointer of a member or item below `pointer`. */
export function childPointer(pointer: string, token: string | number): string {
  return `${pointer}/${typeof token === 'number' ? token : escapeToken(token)}`;
}

/** Reads a JSON Pointer (RFC 6901 §3) into tokens; `undefined` when the text is none. */
export function parsePointer(text: string): readonly string[] | undefined {
  if (text === '') return [];
  if (!text.startsWith('/')) return undefined;
  const tokens = text.slice(1).split('/');
  if (!text.includes('~')) return tokens;
  return /~(?![01])/.test(text) ? undefined : tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Undoes the percent-encoding of a URL fragment; text that is not encoded properly stays as it is. */
export function decodeFragment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a token of a pointer can name an item of a list (RFC 6901 §4). */
export function isIndex(token: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(token);
}

/** The member or item `token` of `value`, or `undefined` when there is none (RFC 6901 §4). */
export function childOf(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return isIndex(token) ? value[Number(token)] : undefined;
  return isRecord(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

/** Whether a pointer leads to a place within what another one leads to. */
export function isInside(pointer: string, owner: string): boolean {
  return pointer.startsWith(owner) && pointer.charAt(owner.length) === '/';
}

/** The value that `tokens` lead to, or `undefined` when there is none. */
export function resolvePointer(value: unknown, tokens: readonly string[]): unknown {
  let current = value;
  for (const token of tokens) {
    if (current === undefined) return undefined;
    current = childOf(current, token);
  }
  return current;
}
