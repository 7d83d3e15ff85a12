import { ServiceError } from '../api/errors.ts';
import type { StoredObject } from '../stores/store.ts';
import type { ControlPlaneContext } from './context.ts';

/** What becomes of a head, and what its changer answers the caller. */
export interface HeadChange<Value, Result> {
  /** `undefined` deletes the head. */
  readonly value: Value | undefined;
  /** The objects that the new value names and the old one did not. */
  readonly objects?: readonly StoredObject[];
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
      const { value, objects = [], result } = await change(current?.value);
      const text = value === undefined ? {} : { value: JSON.stringify(value) };
      const head = { key, expectedRevision: current?.revision ?? 0, ...text };
      const { kind } = await context.store.commit({ objects, heads: [head] });
      if (kind === 'committed') return result;
    }
    throw new ServiceError(
      'ConflictException',
      'Unable to complete operation due to concurrent modification. Please try again later.',
    );
  });
}
