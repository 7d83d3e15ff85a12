import { findReachableObjects } from './reachable-objects.ts';

/** So few are not worth a look. */
const fewObjects = 1_000;

/**
 * Makes what drops the objects of a map that no head reaches, given the values of all heads. It looks only when the map has
 * doubled since the last time, as a look takes as long as the objects are many. What has become unreachable since then stays
 * until the next time: whoever has read the head that named it may be about to read it.
 */
export function createObjectDropper(objects: Map<string, string>): (headValues: () => readonly string[]) => void {
  let atLastLook = 0;
  let unreachable: ReadonlySet<string> = new Set();
  return (headValues) => {
    if (objects.size < Math.max(fewObjects, 2 * atLastLook)) return;
    const reachable = findReachableObjects(headValues(), (hash) => objects.get(hash));
    const isUnreachable = (hash: string): boolean => !reachable.has(hash);
    for (const hash of unreachable) if (isUnreachable(hash)) objects.delete(hash);
    unreachable = new Set([...objects.keys()].filter(isUnreachable));
    atLastLook = objects.size;
  };
}
