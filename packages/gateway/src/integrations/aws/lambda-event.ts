import type { HandshakeRequest } from '../../model/handshake-request.ts';
import { type ConnectionContext, formatRequestTime, type RequestContext } from '../../model/request-context.ts';
import type { IntegrationCall } from '../integration.ts';
import { rememberLast } from './remember-last.ts';

/** Writes the event of a call as JSON; `traceId` is the one that the front end gives a handshake. */
export type EventWriter = (call: IntegrationCall, traceId: string) => string;

/**
 * Makes a writer of the events that a stage's functions get. Members without a value are left out, and the order of members
 * is the recorded one. An event is put together from texts that are made once for the stage and once for each connection.
 * See the developer guide, "Set up a WebSocket API Lambda proxy integration", and recordings of the service.
 */
export function createEventWriter(stageVariables: Readonly<Record<string, string>>): EventWriter {
  const variables = Object.keys(stageVariables).length > 0 ? `"stageVariables":${JSON.stringify(stageVariables)},` : '';
  return (call, traceId) => {
    const texts = readConnectionTexts(call.context.connection);
    switch (call.kind) {
      case 'connect':
        return `{${writeHandshake(call.handshake, call.context, traceId)}${variables}${writeContext(call.context, texts)}${end}`;
      case 'message':
        return `{${variables}${writeContext(call.context, texts)},"body":${JSON.stringify(call.text)}${end}`;
      case 'disconnect':
        return `{${texts.disconnectHeaders}${variables}${writeContext(call.context, texts)}${end}`;
    }
  };
}

const writeRequestTime = rememberLast((seconds: number) => formatRequestTime(seconds * 1000));

const end = ',"isBase64Encoded":false}';

/** What the events of one connection have in common, as it stands between what they have not. */
interface ConnectionTexts {
  readonly disconnectHeaders: string;
  readonly fromStage: string;
  readonly fromIdentity: string;
  readonly fromDomainName: string;
}

const connectionTexts = new WeakMap<ConnectionContext, ConnectionTexts>();

function readConnectionTexts(connection: ConnectionContext): ConnectionTexts {
  const known = connectionTexts.get(connection);
  if (known) return known;
  const { apiId, connectedAt, connectionId, domainName, sourceIp, stage, userAgent } = connection;
  const headers = [
    ['Host', domainName],
    ['x-api-key', ''],
    ['X-Forwarded-For', ''],
    ['x-restapi', ''],
  ] as const;
  const identity = JSON.stringify({ ...(userAgent !== undefined && { userAgent }), sourceIp });
  const texts = {
    disconnectHeaders: writeMultiMap('headers', 'multiValueHeaders', headers),
    fromStage: `"stage":${JSON.stringify(stage)},"connectedAt":${connectedAt},"requestTimeEpoch":`,
    fromIdentity: `,"identity":${identity},"requestId":`,
    fromDomainName: `,"domainName":${JSON.stringify(domainName)},"connectionId":"${connectionId}","apiId":"${apiId}"}`,
  };
  connectionTexts.set(connection, texts);
  return texts;
}

function writeContext(context: RequestContext, texts: ConnectionTexts): string {
  const { disconnect, eventType, messageId, requestId, requestTimeEpoch, routeKey } = context;
  let text = `"requestContext":{"routeKey":${JSON.stringify(routeKey)},`;
  if (disconnect) text += `"disconnectStatusCode":${disconnect.statusCode},`;
  if (messageId !== undefined) text += `"messageId":"${messageId}",`;
  text += `"eventType":"${eventType}","extendedRequestId":"${requestId}","requestTime":"${writeRequestTime(Math.floor(requestTimeEpoch / 1000))}","messageDirection":"IN",`;
  if (disconnect) text += `"disconnectReason":${JSON.stringify(disconnect.reason)},`;
  return `${text}${texts.fromStage}${requestTimeEpoch}${texts.fromIdentity}"${requestId}"${texts.fromDomainName}`;
}

type Pairs = readonly (readonly [name: string, value: string])[];

function writeHandshake(request: HandshakeRequest, context: RequestContext, traceId: string): string {
  const headers = writeMultiMap('headers', 'multiValueHeaders', sortByName(seenByFunctions(request, context, traceId)));
  const parameters = [...new URLSearchParams(request.query)];
  if (parameters.length === 0) return headers;
  return `${headers}${writeMultiMap('queryStringParameters', 'multiValueQueryStringParameters', parameters)}`;
}

/** Not shown: those of the upgrade, and those that the front end sets itself. */
const replacedHeaders: ReadonlySet<string> = new Set([
  'connection',
  'upgrade',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** The client's headers and those of the service's front end, whose port and scheme are always the public ones. */
function seenByFunctions({ headers }: HandshakeRequest, { connection }: RequestContext, traceId: string): Pairs {
  return [
    ...headers.filter(([name]) => !replacedHeaders.has(name.toLowerCase())),
    ['X-Amzn-Trace-Id', traceId],
    ['X-Forwarded-For', connection.sourceIp],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

/** Without regard to letter case; a name that is spelled in several ways takes its first spelling. */
function sortByName(headers: Pairs): Pairs {
  const spellings = new Map<string, string>();
  for (const [name] of headers) if (!spellings.has(name.toLowerCase())) spellings.set(name.toLowerCase(), name);
  return headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .sort(([left], [right]) => (left < right ? -1 : Number(left > right)))
    .map(([name, value]) => [spellings.get(name) ?? name, value]);
}

/** Two members: the last value of every name, and all values. Each ends in a comma. */
function writeMultiMap(single: string, multiple: string, pairs: Pairs): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  const entries = [...values].map(([name, all]) => [JSON.stringify(name), all] as const);
  const last = entries.map(([name, all]) => `${name}:${JSON.stringify(all.at(-1))}`);
  const every = entries.map(([name, all]) => `${name}:${JSON.stringify(all)}`);
  return `"${single}":{${last.join(',')}},"${multiple}":{${every.join(',')}},`;
}
