import { describe, expect, it } from 'vitest';
import { encodeError, ServiceError } from './errors.ts';

describe('encodeError', () => {
  it.each([
    [new ServiceError('BadRequestException', 'No.'), { message: 'No.' }, { Message: 'No.' }],
    [
      new ServiceError('NotFoundException', 'No.', { resourceType: 'API' }),
      { message: 'No.', resourceType: 'API' },
      { Message: 'No.', ResourceType: 'API' },
    ],
    [
      new ServiceError('TooManyRequestsException', 'No.', { limitType: 'RoutesPerApi' }),
      { message: 'No.', limitType: 'RoutesPerApi' },
      { Message: 'No.', LimitType: 'RoutesPerApi' },
    ],
  ])('writes %s in the dialect of the caller', (error, wire, members) => {
    expect(encodeError(error, 'wire-names')).toEqual(wire);
    expect(encodeError(error, 'member-names')).toEqual(members);
  });
});
