import { ServiceError } from '../api/errors.ts';

/** A rule that a request breaks. */
export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequestException', message);
}

/** A member as messages name it: as the SDKs do. */
export function memberName(wireName: string): string {
  return wireName.charAt(0).toUpperCase() + wireName.slice(1);
}

/**
 * Refuses members that exist only for APIs of the other protocol, in the words that the service was observed to use for authorizers.
 *
 * @throws ServiceError `BadRequestException`
 */
export function refuseMembers(
  input: object,
  members: readonly string[],
  protocolType: 'WEBSOCKET' | 'HTTP' = 'WEBSOCKET',
): void {
  for (const member of members) {
    if (!Object.hasOwn(input, member)) continue;
    throw badRequest(`${memberName(member)} cannot be set for ${protocolType} protocol Apis.`);
  }
}

/**
 * Refuses resources that exist for WebSocket APIs only.
 *
 * @throws ServiceError `BadRequestException`
 */
export function requireWebSocketApi({ protocolType }: { readonly protocolType: string }, resources: string): void {
  if (protocolType === 'WEBSOCKET') return;
  throw badRequest(`${resources} are not supported for ${protocolType} protocol Apis.`);
}
