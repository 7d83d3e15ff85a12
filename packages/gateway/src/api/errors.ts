import type { Dialect } from './dialect.ts';

export type ErrorCode =
  | 'BadRequestException'
  | 'AccessDeniedException'
  | 'NotFoundException'
  | 'ConflictException'
  | 'TooManyRequestsException'
  | 'MethodNotAllowedException'
  | 'UnsupportedMediaTypeException'
  | 'InternalServerErrorException'
  | 'NotImplementedException';

/**
 * Every error the control plane answers with, and its HTTP status. The first five are declared by the service model;
 * the others come from the front end that all AWS services share.
 */
export const errorStatuses: Readonly<Record<ErrorCode, number>> = {
  BadRequestException: 400,
  AccessDeniedException: 403,
  NotFoundException: 404,
  ConflictException: 409,
  TooManyRequestsException: 429,
  MethodNotAllowedException: 405,
  UnsupportedMediaTypeException: 415,
  InternalServerErrorException: 500,
  NotImplementedException: 501,
};

/** Members that some exceptions carry besides `message`. */
export interface ErrorDetails {
  /** Of a `NotFoundException`: what kind of resource was not found. */
  readonly resourceType?: string;
  /** Of a `TooManyRequestsException`: which quota was reached. */
  readonly limitType?: string;
  /** Of a `MethodNotAllowedException`, for the header `Allow` alone: the methods that the path has. */
  readonly allow?: string;
}

/** A request that the control plane refuses; the message goes to the caller. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.details = details;
  }
}

/** The body of an error answer. The exception's name travels in the header `x-amzn-ErrorType`. */
export function encodeError(error: ServiceError, dialect: Dialect): Readonly<Record<string, string>> {
  const { resourceType, limitType } = error.details;
  const isWire = dialect === 'wire-names';
  return {
    [isWire ? 'message' : 'Message']: error.message,
    ...(resourceType === undefined ? {} : { [isWire ? 'resourceType' : 'ResourceType']: resourceType }),
    ...(limitType === undefined ? {} : { [isWire ? 'limitType' : 'LimitType']: limitType }),
  };
}
