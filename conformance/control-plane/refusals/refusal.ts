import type { Members } from '../client.ts';
import type { World } from '../world.ts';

/** A request that must be refused: an example of its operation with other members. */
export interface RefusalRow {
  readonly operation: string;
  readonly status: number;
  readonly members: (world: World) => Members;
  /** The whole message where it was observed, and otherwise a part that names the member or quotes its value. */
  readonly message: string | RegExp;
}

const codes: Readonly<Record<number, string>> = {
  400: 'BadRequestException',
  404: 'NotFoundException',
  409: 'ConflictException',
  429: 'TooManyRequestsException',
};

export function codeOf(status: number): string {
  return codes[status] ?? '';
}

/** A request that is bad, whatever the world is. */
export function bad(operation: string, members: Members, message: string | RegExp): RefusalRow {
  return { operation, status: 400, members: () => members, message };
}

/** A request that is refused in a certain world. */
export function refused(
  status: number,
  operation: string,
  members: (world: World) => Members,
  message: string | RegExp,
): RefusalRow {
  return { operation, status, members, message };
}

/** The same of an operation that creates and the one that updates. */
export function both(resource: string, members: Members, message: string | RegExp): readonly RefusalRow[] {
  return [`Create${resource}`, `Update${resource}`].map((operation) => bad(operation, members, message));
}

/** A text of a length. */
export const long = (length: number): string => 'x'.repeat(length);
export const tooManyTags: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 51 }, (_, index) => [`key${index}`, 'x']),
);
