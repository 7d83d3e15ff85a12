import type { IntegrationTrace } from '../integrations/integration.ts';
import type { RequestContext } from '../model/request-context.ts';
import { describeHeaders, maskBody } from './masked-headers.ts';
import { toOneLine } from './one-line.ts';
import type { CalledIntegration, RequestOutcome } from './request-outcome.ts';

/** One event of an execution log. */
export interface ExecutionLogEntry {
  /** `/aws/apigateway/{apiId}/{stage}`, as the service names it. */
  readonly logGroup: string;
  /** Milliseconds since the Unix epoch. */
  readonly time: number;
  /** `({requestId}) ` and what happened, on one line: control characters are written as in JSON. */
  readonly text: string;
}

/** What a route writes while a request is carried out. */
export interface ExecutionLog {
  started(context: RequestContext): void;
  /** For the call of the integration; `undefined` where that is not written. */
  trace(context: RequestContext): IntegrationTrace | undefined;
  concluded(context: RequestContext, outcome: RequestOutcome): void;
}

export interface ExecutionLogOptions {
  readonly level: 'ERROR' | 'INFO';
  /** Headers and bodies of integrations are written too, at level INFO. */
  readonly isTraced: boolean;
  /** Milliseconds since the Unix epoch. */
  now(): number;
  write(entry: ExecutionLogEntry): void;
}

/** Longer texts are cut: developer guide, "Set up logging for WebSocket APIs". */
const maxEventBytes = 1024;
const truncated = '[TRUNCATED]';

/** The lines are those that were observed; the guide describes only that they exist. */
export function createExecutionLog({ level, isTraced, now, write }: ExecutionLogOptions): ExecutionLog {
  const say = ({ connection, requestId }: RequestContext, text: string): void => {
    const logGroup = `/aws/apigateway/${connection.apiId}/${connection.stage}`;
    write({ logGroup, time: now(), text: `(${requestId}) ${toOneLine(truncate(text))}` });
  };
  if (level === 'ERROR') {
    return {
      started: () => {},
      trace: () => undefined,
      concluded: (context, outcome) => sayError(say, context, outcome),
    };
  }
  return {
    started(context) {
      for (const text of describeStart(context)) say(context, text);
    },
    trace: (context) => createTrace((text) => say(context, text), isTraced),
    concluded(context, outcome) {
      sayError(say, context, outcome);
      const text = describeEnd(context, outcome);
      if (text !== undefined) say(context, text);
    },
  };
}

function describeStart({ connection, eventType, routeKey, requestId }: RequestContext): readonly string[] {
  const { apiId, connectionId, sourceIp, userAgent } = connection;
  const starts = {
    CONNECT: [
      `Client [UserAgent: ${userAgent ?? ''}, SourceIp: ${sourceIp}] is connecting to WebSocket API [${apiId}].`,
    ],
    MESSAGE: [`WebSocket API [${apiId}] received message from client [Connection Id: ${connectionId}].`],
    DISCONNECT: [],
  };
  return [
    `Extended Request Id: ${requestId}`,
    `Starting execution for request: ${requestId}`,
    `WebSocket Request Route: [${routeKey}]`,
    ...starts[eventType],
  ];
}

function describeEnd(
  { connection, eventType, disconnect }: RequestContext,
  outcome: RequestOutcome,
): string | undefined {
  const { apiId, connectionId } = connection;
  switch (eventType) {
    case 'CONNECT':
      return isAccepted(outcome)
        ? `Client [Connection Id: ${connectionId}] connected to API [${apiId}] successfully.`
        : undefined;
    case 'MESSAGE':
      return `Message from client [Connection Id: ${connectionId}] sent to API [${apiId}] with response status code [${outcome.status}].`;
    case 'DISCONNECT':
      return `Client [Connection Id: ${connectionId}] disconnected from API [${apiId}] with integration response status code [${outcome.status}]. Close reason: [${disconnect?.statusCode}: ${disconnect?.reason}]`;
  }
}

function isAccepted({ status }: RequestOutcome): boolean {
  return status >= 200 && status <= 299;
}

function sayError(
  say: (context: RequestContext, text: string) => void,
  context: RequestContext,
  { status, error, called }: RequestOutcome,
): void {
  if (called && called.result.kind !== 'answered') say(context, describeFailure(called, called.result));
  else if (error) say(context, `Execution failed with response status code [${status}]: ${error.message}`);
}

function describeFailure(
  { type }: CalledIntegration,
  result: Exclude<CalledIntegration['result'], { kind: 'answered' }>,
): string {
  if (result.kind === 'timed-out') return `Execution failed due to a timeout error: ${result.reason}`;
  if (type === 'AWS_PROXY' && result.cause === 'bad-answer') {
    return `Lambda execution failed due to customer function error: ${result.reason}`;
  }
  return `Execution failed due to configuration error: ${result.reason}`;
}

function createTrace(say: (text: string) => void, isTraced: boolean): IntegrationTrace {
  return {
    sending({ uri, headers, body }) {
      if (isTraced) {
        say(`Endpoint request URI: ${uri}`);
        say(`Endpoint request headers: ${describeHeaders(headers)}`);
        say(`Endpoint request body after transformations: ${maskBody(toText(body))}`);
      }
      say(`Sending request to ${uri}`);
    },
    received({ status, headers, body, milliseconds }) {
      const requestId = headers.find(([name]) => name.toLowerCase() === 'x-amzn-requestid')?.[1];
      if (requestId !== undefined) say(`AWS Integration Endpoint RequestId : ${requestId}`);
      say(`Received response. Status: ${status}, Integration latency: ${Math.round(milliseconds)} ms`);
      if (isTraced) {
        say(`Endpoint response headers: ${describeHeaders(headers)}`);
        say(`Endpoint response body before transformations: ${maskBody(toText(body))}`);
      }
    },
  };
}

function toText(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

function truncate(text: string): string {
  if (text.length * 3 <= maxEventBytes || Buffer.byteLength(text) <= maxEventBytes) return text;
  const cut = Buffer.from(text.slice(0, maxEventBytes)).subarray(0, maxEventBytes);
  // A character that was cut through is left out.
  return `${new TextDecoder().decode(cut, { stream: true })}${truncated}`;
}
