import { randomUUID } from 'node:crypto';
import { type Dialect, fromWireNames } from '../api/dialect.ts';
import { encodeError, errorStatuses, ServiceError } from '../api/errors.ts';
import { matchOperation } from '../api/match-operation.ts';
import type { Operation } from '../api/operations.ts';
import { readRequest } from '../api/read-request.ts';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import { newRequestId } from '../model/request-id.ts';
import { createCallRates } from './call-rates.ts';
import type { ControlPlaneContext, ControlPlaneOptions, Handler } from './context.ts';
import { createModelVerdicts } from './deploying/model-verdicts.ts';
import { findHandler } from './handlers.ts';
import { createHeadCache } from './heads/head-cache.ts';
import { createHeadQueue } from './heads/head-queue.ts';
import { createRecordCache } from './heads/record-cache.ts';

export type { AccountLimits, ControlPlaneOptions } from './context.ts';
export { defaultQuotas, type Quotas } from './quotas.ts';
export { resetConfiguration } from './reset.ts';

interface ControlPlaneResponse extends HttpResponse {
  /** The operation the request meant; `undefined` when its path and method name none. */
  readonly operation: string | undefined;
}

/** Answers a request whose target starts with `/v2/`. Never rejects: what goes wrong is an answer. */
export type ControlPlane = (request: HttpRequest, dialect: Dialect) => Promise<ControlPlaneResponse>;

/** The API Gateway V2 control plane over a store. See the API Gateway V2 API reference. */
export function createControlPlane(options: ControlPlaneOptions): ControlPlane {
  const context: ControlPlaneContext = {
    ...options,
    queue: createHeadQueue(),
    heads: createHeadCache(options.store),
    records: createRecordCache(options.store),
    modelVerdicts: createModelVerdicts(),
  };
  const countCall = options.limits === 'aws' ? createCallRates(options.clock) : undefined;
  return async (request, dialect) => {
    let operation: Operation | undefined;
    try {
      const { path, query } = splitTarget(request.target);
      const match = findOperation(request.method, path);
      operation = match.operation;
      countCall?.(operation.name);
      const handler = requireHandler(operation);
      const body = hasBody(operation) ? readText(request) : '';
      const input = readRequest(operation, { labels: match.labels, query, body }, dialect);
      const output = await handler(context, input as never, request.headers);
      return respond(operation, operation.status, encodeOutput(operation, output, dialect));
    } catch (error) {
      if (!(error instanceof ServiceError)) options.onFault(error);
      const refusal = toServiceError(error);
      const response = respond(operation, errorStatuses[refusal.code], JSON.stringify(encodeError(refusal, dialect)));
      const { allow } = refusal.details;
      const headers = { ...response.headers, 'x-amzn-ErrorType': refusal.code, ...(allow && { Allow: allow }) };
      return { ...response, headers };
    }
  };
}

function splitTarget(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const queryStart = target.indexOf('?');
  return queryStart === -1
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, queryStart), query: new URLSearchParams(target.slice(queryStart + 1)) };
}

function findOperation(
  method: string,
  path: string,
): { readonly operation: Operation; readonly labels: Readonly<Record<string, string>> } {
  const match = matchOperation(method, path);
  switch (match.kind) {
    case 'operation':
      return match;
    case 'wrong-method':
      throw new ServiceError(
        'MethodNotAllowedException',
        `The path "${cut(path)}" does not support the method ${method}; expected one of ${match.allowed.join(', ')}.`,
        { allow: match.allowed.join(', ') },
      );
    case 'malformed-path':
      throw new ServiceError(
        'BadRequestException',
        `The path segment "${cut(match.segment)}" is not valid percent-encoding.`,
      );
    case 'unknown-path':
      throw new ServiceError('NotFoundException', `No operation of API Gateway V2 has the path "${cut(path)}".`);
  }
}

function requireHandler(operation: Operation): Handler<never> {
  const handler = findHandler(operation.name);
  if (handler) return handler;
  throw new ServiceError('NotImplementedException', `The operation ${operation.name} is not implemented yet.`);
}

function hasBody({ method }: Operation): boolean {
  return method !== 'GET' && method !== 'DELETE';
}

/** @throws ServiceError when there is a body that is not declared as JSON, or is no text. */
function readText({ body, headers }: HttpRequest): string {
  if (body.length === 0) return '';
  const contentType = String(headers['content-type'] ?? '');
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new ServiceError(
      'UnsupportedMediaTypeException',
      `The content type is "${cut(contentType)}"; expected "application/json".`,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ServiceError('BadRequestException', 'The request body is not valid UTF-8.');
  }
}

function encodeOutput({ output: structure }: Operation, output: object | undefined, dialect: Dialect): string {
  if (output === undefined) return '';
  return JSON.stringify(structure === undefined ? output : fromWireNames(structure, output, dialect));
}

/** What is not a refusal is a defect or a broken store, whose details are not the caller's. */
function toServiceError(error: unknown): ServiceError {
  return error instanceof ServiceError
    ? error
    : new ServiceError('InternalServerErrorException', 'Internal server error');
}

function respond(operation: Operation | undefined, status: number, body: string): ControlPlaneResponse {
  return {
    operation: operation?.name,
    status,
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-RequestId': randomUUID(),
      'x-amz-apigw-id': newRequestId(),
    },
    body,
  };
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
