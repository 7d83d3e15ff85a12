import { expect } from 'vitest';
import type { Members } from '../client.ts';
import type { World } from '../world.ts';

/** The life of a resource: created, read, listed, changed, deleted. */
export interface RoundTrip {
  readonly title: string;
  readonly resource: string;
  /** The member that names it. */
  readonly idMember: string;
  /** The labels that lead to it, and the names of their values in the world. */
  readonly parents?: Members;
  readonly create: (world: World) => Members;
  /** What the answer has besides what was asked for, or in its place. */
  readonly defaults: Members;
  readonly update: (world: World) => Members;
  /** What the update makes of members, where that is not what was asked for. */
  readonly updated?: Members;
  /** Members that the update clears. */
  readonly cleared?: readonly string[];
  /** A member that each of its kind has a value of its own in, by an index. */
  readonly another?: (index: number) => Members;
  /** How many of its kind a list can have; by default as many as do not fit on a page. */
  readonly maximumCount?: number;
}

/** What an id of so many characters is equal to. */
export const id = (length: number): unknown => expect.stringMatching(new RegExp(`^[a-z0-9]{${length}}$`));

/** What a timestamp is equal to. */
export const date: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** The parents of what a WebSocket API has. */
export const ofApi: Members = { ApiId: 'ApiId' };
