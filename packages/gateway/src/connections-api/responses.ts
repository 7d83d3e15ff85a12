import { randomUUID } from 'node:crypto';
import type { ConnectionDescription } from '../cluster/bus.ts';
import type { HttpResponse } from '../http-message.ts';
import { newRequestId, newTraceId } from '../model/request-id.ts';

/** The text of a GetConnection answer, laid out as recorded. */
export function describeConnection({ sourceIp, userAgent, connectedAt, lastActiveAt }: ConnectionDescription): string {
  const identity = [`    "sourceIp" : ${JSON.stringify(sourceIp)}`];
  if (userAgent !== undefined) identity.push(`    "userAgent" : ${JSON.stringify(userAgent)}`);
  return [
    '{',
    '  "identity" : {',
    identity.join(',\n'),
    '  },',
    `  "connectedAt" : "${new Date(connectedAt).toISOString()}",`,
    `  "lastActiveAt" : "${new Date(lastActiveAt).toISOString()}"`,
    '}',
  ].join('\n');
}

/** `now` in milliseconds since the Unix epoch. */
export function succeed(status: 200 | 204, now: number, body = ''): HttpResponse {
  return respond(status, traced(now), body);
}

/** Closed, deleted, expired, or still waiting for its `$connect` integration: without a body. */
export function gone(now: number): HttpResponse {
  return respond(410, { 'x-amzn-ErrorType': 'GoneException', ...traced(now) }, '');
}

/** The stage does not exist. */
export function forbidden(): HttpResponse {
  return fail(403, 'ForbiddenException', 'Forbidden');
}

export function invalidConnectionId(connectionId: string): HttpResponse {
  return fail(400, 'BadRequestException', `Invalid connectionId: ${connectionId}`);
}

/** The account's or the stage's limits; the text is inferred from that of REST APIs. */
export function tooManyRequests(now: number): HttpResponse {
  const body = JSON.stringify({ message: 'Too Many Requests' });
  return respond(429, { 'x-amzn-ErrorType': 'LimitExceededException', ...traced(now) }, body);
}

/** What the service says to a method that it does not have. */
export function missingAuthenticationToken(): HttpResponse {
  return fail(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
}

function fail(status: number, errorType: string, message: string): HttpResponse {
  return respond(status, { 'x-amzn-ErrorType': errorType }, JSON.stringify({ message }));
}

function traced(now: number): Readonly<Record<string, string>> {
  return { 'X-Amzn-Trace-Id': newTraceId(now) };
}

function respond(status: number, headers: Readonly<Record<string, string>>, body: string): HttpResponse {
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-RequestId': randomUUID(),
      'x-amz-apigw-id': newRequestId(),
      ...headers,
    },
    body,
  };
}
