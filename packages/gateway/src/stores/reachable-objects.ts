/**
 * Names of the objects that heads reach, directly or through other objects. A store does not know the shape of what it
 * keeps: every quoted SHA-256 in a value counts as a name, so that an object may be kept too long but never too short.
 */
export function findReachableObjects(
  headValues: readonly string[],
  read: (hash: string) => string | undefined,
): ReadonlySet<string> {
  const reachable = new Set<string>();
  const unread = [...headValues];
  for (let value = unread.pop(); value !== undefined; value = unread.pop()) {
    for (const [, hash = ''] of value.matchAll(/"([0-9a-f]{64})"/g)) {
      if (reachable.has(hash)) continue;
      reachable.add(hash);
      unread.push(read(hash) ?? '');
    }
  }
  return reachable;
}
