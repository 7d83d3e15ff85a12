import { ServiceError } from '../api/errors.ts';

/** A rule that a request breaks. */
export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequestException', message);
}

/**
 * Refuses members that exist for HTTP APIs only, in the words that the service was observed to use for authorizers.
 *
 * @throws ServiceError `BadRequestException`
 */
export function refuseMembers(input: object, members: readonly string[]): void {
  for (const member of members) {
    if (!Object.hasOwn(input, member)) continue;
    const name = member.charAt(0).toUpperCase() + member.slice(1);
    throw badRequest(`${name} cannot be set for WEBSOCKET protocol Apis.`);
  }
}
