/** What is known of a connection from its handshake on, and stays so for its whole life. */
export interface ConnectionContext {
  readonly apiId: string;
  readonly stage: string;
  /** The host that the client used, with its port where there is one. */
  readonly domainName: string;
  readonly connectionId: string;
  /** Milliseconds since the Unix epoch. */
  readonly connectedAt: number;
  readonly sourceIp: string;
  /** Absent when the client sent none. */
  readonly userAgent?: string;
}

/** One event of a connection: what Lambda events, templates, parameter mappings and access logs call the context. */
export interface RequestContext {
  readonly connection: ConnectionContext;
  readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  readonly routeKey: string;
  /** Also the `extendedRequestId`. */
  readonly requestId: string;
  /** Milliseconds since the Unix epoch. */
  readonly requestTimeEpoch: number;
  /** On messages only. */
  readonly messageId?: string;
  /** On disconnects only. */
  readonly disconnect?: { readonly statusCode: number; readonly reason: string };
}

/** What logs know of a request: an event's context, or the less that there is of a call of `@connections`. */
export type LoggedContext = Omit<RequestContext, 'connection' | 'eventType'> & {
  readonly connection: Omit<ConnectionContext, 'connectedAt'> & { readonly connectedAt?: number };
  readonly eventType?: RequestContext['eventType'];
};

type ContextVariable = (context: LoggedContext) => string | number | undefined;

/**
 * The `$context` variables of WebSocket APIs. Those of authorizers, IAM and API keys have no value, since no such access
 * is granted. See the developer guide, "API Gateway WebSocket API mapping template and access logging variable reference".
 */
const contextVariables: ReadonlyMap<string, ContextVariable> = new Map<string, ContextVariable>([
  ['apiId', (context) => context.connection.apiId],
  ['connectedAt', (context) => context.connection.connectedAt],
  ['connectionId', (context) => context.connection.connectionId],
  ['domainName', (context) => context.connection.domainName],
  ['eventType', (context) => context.eventType],
  ['extendedRequestId', (context) => context.requestId],
  ['identity.sourceIp', (context) => context.connection.sourceIp],
  ['identity.userAgent', (context) => context.connection.userAgent],
  ['messageId', (context) => context.messageId],
  ['requestId', (context) => context.requestId],
  ['requestTime', (context) => formatRequestTime(context.requestTimeEpoch)],
  ['requestTimeEpoch', (context) => context.requestTimeEpoch],
  ['routeKey', (context) => context.routeKey],
  ['stage', (context) => context.connection.stage],
]);

/** How `$context.{name}` is read; `undefined` for a variable that is unknown. */
export function findContextVariable(name: string): ContextVariable | undefined {
  return contextVariables.get(name);
}

/** The value of `$context.{name}`; `undefined` for a variable that is unknown or has no value on this event. */
export function readContextVariable(context: RequestContext, name: string): string | undefined {
  const value = contextVariables.get(name)?.(context);
  return value === undefined ? undefined : String(value);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let formattedSecond = Number.NaN;
let formattedTime = '';

/** `requestTime`, in the format of the common log: `25/Sep/2026:00:01:14 +0000`. Requests of one second share its text. */
export function formatRequestTime(epochMilliseconds: number): string {
  const second = Math.floor(epochMilliseconds / 1000);
  if (second === formattedSecond) return formattedTime;
  const iso = new Date(epochMilliseconds).toISOString();
  const month = months[Number(iso.slice(5, 7)) - 1];
  formattedTime = `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
  formattedSecond = second;
  return formattedTime;
}
