import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { ConnectionsApi } from '../connections-api/connections-api.ts';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import { maxMessageBytes } from '../model/message-size.ts';
import { readSourceIp } from '../source-ip.ts';
import type { GatewayEventListener } from '../telemetry/events.ts';
import { reportFault } from '../telemetry/report-fault.ts';
import { type Address, classifyAddress, classifyMappedAddress, hostName } from './address.ts';
import type { Certificate } from './certificate.ts';
import type { ApiMappings, CustomDomains } from './custom-domains.ts';
import { respondWithError } from './error-response.ts';
import { asksForWebSocket, ignoreUpgrade } from './ignore-upgrade.ts';
import { listen } from './listen.ts';
import { answerMetrics } from './metrics.ts';
import { readRequestBody } from './request-body.ts';
import { guardControlPlane } from './request-guard.ts';
import { createRequestsUnderWay } from './requests-under-way.ts';
import { answerReset } from './reset.ts';
import { sharePort } from './shared-port.ts';
import { answerUnreadable } from './unreadable-request.ts';

/** What the server brings requests to. */
export interface ServerOptions {
  controlPlane(request: HttpRequest, dialect: 'wire-names' | 'member-names'): Promise<ControlPlaneResponse>;
  readonly connectionsApi: ConnectionsApi;
  readonly domains: CustomDomains;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: Address): void;
  /** A sentence about an API whose protocol is configured and not served; `undefined` for any other. */
  whyUnserved(apiId: string): Promise<string | undefined>;
  /** Deletes the whole configuration; `undefined` where that is not allowed. */
  readonly reset: (() => Promise<void>) | undefined;
  /** What is counted, in the text format of Prometheus. */
  renderMetrics(): Promise<string>;
  /** Whether drafts are served, which the health answer tells. */
  readonly servesDrafts: boolean;
  /** Asked when the first client speaks TLS. */
  certificate(): Promise<Certificate>;
  /** The host that the server listens on. */
  readonly boundHost: string;
  readonly clock: Clock;
  readonly emit: GatewayEventListener;
}

/** Our own bound: how long a closing gateway waits for requests that it has not answered. */
const shutdownMilliseconds = 5_000;

/** The bound on a request to the control plane, more than any configuration that the service accepts needs. */
const maxControlPlaneBytes = 1_048_576;

export interface GatewayServer {
  /**
   * Resolves to the port, which matters when 0 was asked for.
   *
   * @throws GatewayError when the address cannot be listened on.
   */
  listen(port: number): Promise<number>;
  /** Resolves when the last connection has ended. Those on which nothing is under way are ended, others with their next answer. */
  stopAccepting(): Promise<void>;
  /** Resolves when no request is under way, or after a few seconds. */
  answerRequests(): Promise<void>;
  /** Ends every connection that is not upgraded. */
  closeConnections(): void;
}

/** One server for the control plane, the connections API and the WebSocket endpoints, in plain text and over TLS. */
export function createGatewayServer(options: ServerOptions): GatewayServer {
  const underWay = createRequestsUnderWay(options.clock);
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5_000 },
    (request, response) => {
      underWay.add(response);
      if (!server.listening) response.setHeader('Connection', 'close');
      answer(options, request, response).catch((error: unknown) => fail(options, request, response, error));
    },
  );
  server.on('clientError', answerUnreadable);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!asksForWebSocket(request)) ignoreUpgrade(server, request, socket, head);
    else upgrade(options, request, socket, head);
  });
  const { certificate, clock, boundHost } = options;
  const sharedPort = sharePort(server, { certificate, clock, onFault: (error) => reportFault(options, error) });
  return {
    listen: (port) => listen(server, boundHost, port),
    stopAccepting: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    answerRequests: () => underWay.answered(shutdownMilliseconds),
    closeConnections() {
      server.closeAllConnections();
      sharedPort.close();
    },
  };
}

/** What a request is for. A promise only while custom domains are being read. */
function locate({ domains }: ServerOptions, { headers, url = '' }: IncomingMessage): Address | Promise<Address> {
  const { host = '' } = headers;
  const classify = (mappings: ApiMappings | undefined): Address =>
    mappings ? classifyMappedAddress(mappings, url) : classifyAddress(host, url);
  const mappings = domains.find(hostName(host));
  return mappings instanceof Promise ? mappings.then(classify) : classify(mappings);
}

function upgrade(options: ServerOptions, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const located = locate(options, request);
  if (!(located instanceof Promise)) {
    options.upgrade(request, socket, head, located);
    return;
  }
  const ignore = (): void => {};
  socket.on('error', ignore);
  located.then(
    (address) => {
      socket.off('error', ignore);
      if (!socket.destroyed) options.upgrade(request, socket, head, address);
    },
    (error: unknown) => {
      reportFault(options, error);
      socket.destroy();
    },
  );
}

async function answer(options: ServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const located = locate(options, request);
  const address = located instanceof Promise ? await located : located;
  switch (address.kind) {
    case 'control-plane':
      return answerControlPlane(options, address, request, response);
    case 'connections':
      return answerConnections(options, address, request, response);
    case 'health':
      return send(response, describeHealth(options));
    case 'metrics':
      return send(response, await answerMetrics(withoutBody(request), options.boundHost, options.renderMetrics));
    case 'reset':
      return send(response, await resetByRequest(options, request));
    case 'endpoint':
      return send(response, await refuseEndpoint(options, address.apiId));
    case 'unmapped':
      return send(response, respondWithError(403, 'ForbiddenException', 'Forbidden'));
    case 'unknown': {
      const [path] = (request.url ?? '').split('?', 1);
      return send(response, respondWithError(404, 'NotFoundException', `Nothing answers at "${path}".`));
    }
  }
}

/** What is no handshake gets no further than what names no stage, but for an API that HTTP clients are meant for. */
async function refuseEndpoint({ whyUnserved }: ServerOptions, apiId: string): Promise<HttpResponse> {
  const unserved = await whyUnserved(apiId);
  if (unserved !== undefined) return respondWithError(501, 'NotImplementedException', unserved);
  return respondWithError(403, 'ForbiddenException', 'Forbidden');
}

function describeHealth({ servesDrafts }: ServerOptions): HttpResponse {
  const body = JSON.stringify({ status: 'ok', draft: servesDrafts });
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
}

function resetByRequest({ boundHost, reset }: ServerOptions, request: IncomingMessage): Promise<HttpResponse> {
  const remoteAddress = request.socket.remoteAddress ?? '';
  return answerReset({ request: withoutBody(request), boundHost, remoteAddress, reset });
}

/** A request whose body does not matter. */
function withoutBody(request: IncomingMessage): HttpRequest {
  const { method = 'GET', url = '', headers } = request;
  request.resume();
  return { method, target: url, headers, body: new Uint8Array() };
}

type ControlPlaneAddress = Extract<Address, { kind: 'control-plane' }>;
type ControlPlaneResponse = HttpResponse & { readonly operation: string | undefined };

async function answerControlPlane(
  options: ServerOptions,
  address: ControlPlaneAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = options.clock.now();
  const read = await readRequestBody(request, maxControlPlaneBytes);
  if (read.kind === 'too-large' && !read.isDrained) response.setHeader('Connection', 'close');
  const result =
    read.kind === 'too-large' ? refuseLength(address) : await callControlPlane(options, address, request, read.body);
  options.emit({
    kind: 'control-plane-request',
    method: request.method ?? 'GET',
    path: address.target.split('?', 1)[0] ?? address.target,
    operation: result.operation,
    status: result.status,
    milliseconds: options.clock.now() - startedAt,
  });
  send(response, result);
}

async function callControlPlane(
  { controlPlane, boundHost }: ServerOptions,
  { dialect, target }: ControlPlaneAddress,
  { method = 'GET', headers }: IncomingMessage,
  body: Uint8Array,
): Promise<ControlPlaneResponse> {
  const request: HttpRequest = { method, target, headers, body };
  const refusal = guardControlPlane(request, dialect, boundHost);
  return refusal ? { ...refusal, operation: undefined } : controlPlane(request, dialect);
}

function refuseLength({ dialect }: ControlPlaneAddress): ControlPlaneResponse {
  const message = `The request body is longer than the ${maxControlPlaneBytes} bytes that are allowed.`;
  return { ...respondWithError(413, 'RequestEntityTooLargeException', message, dialect), operation: undefined };
}

async function answerConnections(
  { connectionsApi }: ServerOptions,
  { address, connectionId }: Extract<Address, { kind: 'connections' }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const read = await readRequestBody(request, maxMessageBytes);
  if (read.kind === 'too-large') {
    if (!read.isDrained) response.setHeader('Connection', 'close');
    return send(response, { status: 413, headers: {}, body: '' });
  }
  const { method = 'GET', headers } = request;
  const sourceIp = readSourceIp(request);
  const caller = { domainName: headers.host ?? '', sourceIp, userAgent: headers['user-agent'] };
  send(response, await connectionsApi({ method, connectionId, address, body: read.body, caller }));
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const length = status === 204 ? {} : { 'Content-Length': String(bytes.length) };
  // Said outright, Node leaves out the `Keep-Alive` header, which the service does not send.
  if (!response.hasHeader('connection') && isKept(response.req)) response.setHeader('Connection', 'keep-alive');
  response.writeHead(status, { ...headers, ...length });
  response.end(bytes);
}

/** Whether the client lets the connection go on (RFC 9112 §9.3). */
function isKept({ httpVersion, headers: { connection = '' } }: IncomingMessage): boolean {
  return httpVersion === '1.1' && !/(^|,)\s*close\s*(,|$)/i.test(connection);
}

function fail(options: ServerOptions, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  // A client that left in the middle of its request is no fault of the gateway's, and there is no one to answer.
  if (request.destroyed && !request.complete) return;
  reportFault(options, error);
  if (response.headersSent) response.destroy();
  else send(response, respondWithError(500, 'InternalServerErrorException', 'Internal server error'));
}
