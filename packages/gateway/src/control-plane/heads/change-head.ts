import { ServiceError } from '../../api/errors.ts';
import type { HeadChange as StoredHeadChange, StoredObject } from '../../stores/store.ts';
import type { ControlPlaneContext } from '../context.ts';

/** What becomes of a head, and what its changer answers the caller. */
export interface HeadChange<Value, Result> {
  /** `undefined` deletes the head. */
  readonly value: Value | undefined;
  /** The objects that the new value names and the old one did not. */
  readonly objects?: readonly StoredObject[];
  /** What else changes in the same commit. */
  readonly others?: readonly StoredHeadChange[];
  readonly result: Result;
}

/** How often a change is made again because another process changed the head meanwhile. */
const maximumAttempts = 8;

/**
 * Changes a head: reads it, lets `change` decide, and commits by compare-and-set; when another writer was faster, again
 * from the start. Nothing is written when `change` throws, and all of it or nothing otherwise.
 *
 * @throws ServiceError `ConflictException` when other writers keep being faster; whatever `change` throws.
 */
export function changeHead<Value extends object, Result>(
  context: ControlPlaneContext,
  key: string,
  change: (current: Value | undefined) => HeadChange<Value, Result> | Promise<HeadChange<Value, Result>>,
): Promise<Result> {
  return context.queue(key, async () => {
    for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
      const current = await context.heads.read<Value>(key);
      const changed = await change(current?.value);
      if (await commitChange(context, key, current?.revision ?? 0, changed)) return changed.result;
    }
    throw new ServiceError(
      'ConflictException',
      'Unable to complete operation due to concurrent modification. Please try again later.',
    );
  });
}

/** Whether the change is committed: no other writer was faster. */
async function commitChange<Value extends object>(
  { heads, store }: ControlPlaneContext,
  key: string,
  expectedRevision: number,
  { value, objects = [], others = [] }: HeadChange<Value, unknown>,
): Promise<boolean> {
  const text = value && JSON.stringify(value);
  const own = { key, expectedRevision, ...(text === undefined ? {} : { value: text }) };
  const { kind } = await store.commit({ objects, heads: [own, ...others] });
  if (kind === 'committed' && value && text !== undefined) heads.note(key, text, value);
  return kind === 'committed';
}
