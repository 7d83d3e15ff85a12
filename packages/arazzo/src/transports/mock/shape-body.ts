import { isRecord } from '../../document/json.ts';
import { childOf, resolvePointer } from '../../document/pointer.ts';

/** Longer lists are not made up to reach an item. */
const MAX_INDEX = 100;

/** The body with the member that a path leads to; one that is missing is called by its own name. */
export function withMember(body: unknown, path: readonly string[]): unknown {
  if (path.length === 0 || resolvePointer(body, path) !== undefined) return body;
  return withValue(body, path, path.at(-1));
}

/** The body with a value at a path; what is missing on the way is made. A path into a scalar replaces it. */
export function withValue(body: unknown, path: readonly string[], value: unknown): unknown {
  const [token, ...rest] = path;
  if (token === undefined) return value;
  const index = /^\d+$/.test(token) ? Number(token) : undefined;
  if (Array.isArray(body) || (index !== undefined && index <= MAX_INDEX && !isRecord(body))) {
    const items: readonly unknown[] = Array.isArray(body) ? body : [];
    if (index === undefined || index > MAX_INDEX) return body;
    // Items before the one that is wanted are like the first.
    const length = Math.max(items.length, index + 1);
    return Array.from({ length }, (_, at) => {
      const item = at < items.length ? items[at] : items[0];
      return at === index ? withValue(item, rest, value) : (item ?? null);
    });
  }
  const members = isRecord(body) ? Object.entries(body) : [];
  const member = [token, withValue(childOf(body, token), rest, value)] as const;
  const at = members.findIndex(([name]) => name === token);
  return Object.fromEntries(at < 0 ? [...members, member] : members.with(at, [...member]));
}
