import http from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { ACCEPTED_ENCODINGS, decodeContent } from './decode-content.ts';
import { createProxy, type HttpProxy, type SecureOptions } from './proxy.ts';
import {
  type HttpExchangeRequest,
  type HttpExchangeResponse,
  type Transport,
  TransportError,
  type TransportErrorCode,
} from './transport.ts';

export interface HttpTransportOptions {
  /** Response bodies that are longer, once decoded, are refused; 50 MiB by default. */
  readonly maxResponseBytes?: number;
  /** The proxy to go through to a URL, by default none. Its own user and password are sent to it. */
  readonly proxyFor?: (url: URL) => URL | undefined;
  /** PEM certificates to trust besides those that Node trusts. */
  readonly ca?: string;
  /** Shown to servers that ask for one: PEM certificate and key. */
  readonly clientCertificate?: { readonly cert: string; readonly key: string };
}

/** Milliseconds after which idle connections are closed: before servers, most of which wait 5 seconds, do it meanwhile. */
const IDLE_TIMEOUT = 4_000;
const DEFAULT_MAX_RESPONSE_BYTES = 50 * 1024 * 1024;

/** A transport on Node's own `http` and `https` with connections kept alive between requests. */
export function createHttpTransport(options: HttpTransportOptions = {}): Transport {
  const limit = options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
  const plain = new http.Agent({ keepAlive: true, timeout: IDLE_TIMEOUT });
  const secureOptions = readSecureOptions(options);
  const secure = new https.Agent({ keepAlive: true, timeout: IDLE_TIMEOUT, ...secureOptions });
  const proxies = new Map<string, HttpProxy>();
  const proxyFor = (text: string): HttpProxy | undefined => {
    const url = options.proxyFor && URL.canParse(text) ? options.proxyFor(new URL(text)) : undefined;
    if (url === undefined) return undefined;
    const proxy = proxies.get(url.href) ?? createProxy(url, { timeout: IDLE_TIMEOUT, ...secureOptions });
    proxies.set(url.href, proxy);
    return proxy;
  };
  return {
    send(request, signal) {
      return new Promise((resolve, reject) => {
        const proxy = proxyFor(request.url);
        const release = (): void => signal.removeEventListener('abort', giveUp);
        const fail = (error: unknown): void => {
          release();
          reject(proxy?.explain(error) ?? describeFailure(request.url, error, isHandshaking(sent)));
        };
        const respond = (response: http.IncomingMessage): void => {
          readResponse(request, response, limit).finally(release).then(resolve, fail);
        };
        let sent: http.ClientRequest | undefined;
        const giveUp = (): void => {
          fail(new TransportError('timed-out', `"${request.url}" was given up waiting for.`, { cause: signal.reason }));
          sent?.destroy();
        };
        // Node's own handling of signals costs more than everything else here.
        signal.addEventListener('abort', giveUp);
        try {
          sent = startRequest(request, signal, { plain, secure, proxy }, respond).on('error', fail);
          end(sent, encodeBody(request.body));
        } catch (error) {
          const message = `The request to "${request.url}" cannot be sent: ${error instanceof Error ? error.message : String(error)}.`;
          fail(new TransportError('request-invalid', message, { cause: error }));
        }
        if (signal.aborted) giveUp();
      });
    },
    close() {
      plain.destroy();
      secure.destroy();
      for (const proxy of proxies.values()) proxy.close();
    },
  };
}

function readSecureOptions({ ca, clientCertificate }: HttpTransportOptions): SecureOptions {
  if (ca === undefined) return { ...clientCertificate };
  // An import would parse Node's certificates at every start, which takes milliseconds.
  const { rootCertificates } = process.getBuiltinModule('node:tls');
  return { ca: [...rootCertificates, ca], ...clientCertificate };
}

/** Node writes the headers in the encoding of a text body, so bytes are given: headers are Latin-1. */
function encodeBody(body: Uint8Array | string | undefined): Uint8Array | undefined {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

/** Node tells the length of a body only with methods that usually have one; without it the body is read as another request. */
function end(request: http.ClientRequest, body: Uint8Array | undefined): void {
  if (body !== undefined && body.length > 0 && !request.hasHeader('content-length')) {
    request.setHeader('content-length', body.length);
  }
  request.end(body);
}

function startRequest(
  { method, url, headers }: HttpExchangeRequest,
  signal: AbortSignal,
  agents: { readonly plain: http.Agent; readonly secure: https.Agent; readonly proxy: HttpProxy | undefined },
  respond: (response: http.IncomingMessage) => void,
): http.ClientRequest {
  const options = { method, headers: { 'accept-encoding': ACCEPTED_ENCODINGS, ...headers } };
  if (agents.proxy !== undefined) return agents.proxy.request(url, { signal, ...options }, respond);
  if (url.startsWith('https:')) return https.request(url, { agent: agents.secure, ...options }, respond);
  return http.request(url, { agent: agents.plain, ...options }, respond);
}

function readResponse(
  { method, url }: HttpExchangeRequest,
  response: http.IncomingMessage,
  limit: number,
): Promise<HttpExchangeResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const content = decodeContent(method, url, response);
    content.on('error', reject);
    content.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limit) return;
      reject(new TransportError('response-too-large', `The response from "${url}" is longer than ${limit} bytes.`));
      response.destroy();
    });
    content.on('end', () => {
      const [whole = Buffer.alloc(0)] = chunks;
      // Every header is there with its values; a name that was not sent is not.
      const headers = { ...response.headersDistinct } as Record<string, readonly string[]>;
      resolve({ status: response.statusCode ?? 0, headers, body: chunks.length > 1 ? Buffer.concat(chunks) : whole });
    });
  });
}

/** Whether the server has yet to prove who it is: until then nothing of a request is sent to it. */
function isHandshaking(sent: http.ClientRequest | undefined): boolean {
  const socket = sent?.socket as Partial<TLSSocket> | null | undefined;
  // Where certificates need not be trusted the handshake is over all the same, and the socket says what is wrong with it.
  return socket?.authorized === false && !socket.authorizationError;
}

const failures: ReadonlyMap<unknown, readonly [TransportErrorCode, string]> = new Map([
  ['ECONNREFUSED', ['connection-refused', 'refused the connection']],
  ['ECONNRESET', ['connection-lost', 'closed the connection before it answered']],
  ['EPIPE', ['connection-lost', 'closed the connection before it answered']],
  ['ENOTFOUND', ['host-not-found', 'has a host name that cannot be resolved']],
  ['EAI_AGAIN', ['host-not-found', 'has a host name that cannot be resolved']],
  ['ETIMEDOUT', ['timed-out', 'did not accept the connection in time']],
  ['ABORT_ERR', ['timed-out', 'was given up waiting for']],
  ['EPROTO', ['tls-failed', 'does not speak TLS as expected']],
] as const);

function describeFailure(url: string, error: unknown, isHandshaking: boolean): TransportError {
  if (error instanceof TransportError) return error;
  const reported = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = error instanceof Error ? error.message : String(error);
  const [code, message] =
    describeTlsFailure(url, reported, reason, isHandshaking) ?? describeOther(url, reported, reason);
  return new TransportError(code, message, { cause: error });
}

type Described = readonly [TransportErrorCode, string];

/** Alerts of servers about the client's part of the handshake: they read no request before. */
const handshakeAlert = /_ALERT_(?:\w*CERTIFICATE\w*|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)$/;

function describeTlsFailure(
  url: string,
  reported: string,
  reason: string,
  isHandshaking: boolean,
): Described | undefined {
  if (isHandshaking && failures.get(reported)?.[0] === 'connection-lost') {
    return ['tls-failed', `"${url}" closed the connection before TLS was agreed on.`];
  }
  if (!isHandshaking && /^(?:EPROTO$|ERR_SSL_)/.test(reported) && !handshakeAlert.test(reported)) {
    return ['connection-lost', `"${url}" broke the TLS connection (${reported}): ${reason}.`];
  }
  if (/_ALERT_/.test(reported)) {
    return ['tls-failed', `"${url}" ended the TLS handshake (${reported}); it may ask for a client certificate.`];
  }
  if (/^ERR_(?:TLS|SSL)|CERT|SELF_SIGNED|UNABLE_TO_/.test(reported)) {
    return ['tls-failed', `"${url}" has a certificate that is not trusted (${reported}): ${reason}.`];
  }
  return undefined;
}

function describeOther(url: string, reported: string, reason: string): Described {
  const failure = failures.get(reported);
  if (failure !== undefined) return [failure[0], `"${url}" ${failure[1]}.`];
  if (/^(?:Z_|ERR__?ERROR_|ERR_BROTLI)/.test(reported)) {
    return ['response-unreadable', `The response from "${url}" is not encoded as its header says: ${reason}.`];
  }
  if (reported.startsWith('HPE_')) {
    const fault = reason.replace(/^Parse Error: /, '');
    return ['response-unreadable', `The response from "${url}" is no HTTP that can be read: ${fault}.`];
  }
  return ['transport-failed', `"${url}" could not be reached: ${reason}.`];
}
