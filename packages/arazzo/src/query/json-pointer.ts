import { isRecord, quote } from '../document/json.ts';
import { childOf, parsePointer, resolvePointer } from '../document/pointer.ts';
import { QueryError, type QueryResult } from './query.ts';

/** Compiles a JSON Pointer (RFC 6901). As a condition it passes where there is a value, whatever the value. */
export function compileJsonPointer(text: string): QueryResult {
  const tokens = parsePointer(text);
  if (tokens === undefined) {
    const rule = text.startsWith('/') ? 'in which "~" is followed by "0" or "1"' : 'which is empty or begins with "/"';
    return { kind: 'invalid', message: `${quote(text)} is no JSON Pointer, ${rule}.` };
  }
  return {
    kind: 'compiled',
    query: {
      test: (context) => resolvePointer(context, tokens) !== undefined,
      select: (context) => resolvePointer(context, tokens),
      replace: (payload, value) => replaceAt(structuredClone(payload), tokens, value),
      place: tokens,
    },
  };
}

/** Sets the value at a place. A member may be new, as may the item after the last (`-`). Changes the payload. */
export function replaceAt(payload: unknown, tokens: readonly string[], value: unknown): unknown {
  const name = tokens.at(-1);
  if (name === undefined) return value;
  const root = payload === undefined ? {} : payload;
  const parent = resolvePointer(root, tokens.slice(0, -1));
  if (isRecord(parent)) {
    Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
    return root;
  }
  if (!Array.isArray(parent)) throw new QueryError(`it leads nowhere in the payload ${quote(payload)}`);
  if (!/^(?:-|0|[1-9]\d*)$/.test(name)) {
    throw new QueryError(`it names no item of a list in the payload ${quote(payload)}`);
  }
  const index = name === '-' ? parent.length : Number(name);
  if (childOf(parent, name) === undefined && index !== parent.length) {
    throw new QueryError(`it leads past the end of a list in the payload ${quote(payload)}`);
  }
  parent[index] = value;
  return root;
}
