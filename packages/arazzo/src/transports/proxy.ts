import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { TransportError } from './transport.ts';

/** How TLS connections to servers are made: as `tls.connect` takes them. */
export interface SecureOptions {
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
}

/** Requests through an HTTP proxy: `http:` URLs are asked of it, for `https:` URLs it is a tunnel (RFC 9110 §9.3.6). */
export interface HttpProxy {
  request(
    url: string,
    options: http.RequestOptions,
    respond: (response: http.IncomingMessage) => void,
  ): http.ClientRequest;
  /** The failure of a request that is the proxy's; `undefined` for others. */
  explain(error: unknown): TransportError | undefined;
  /** Ends idle connections. */
  close(): void;
}

/** Milliseconds for a proxy to open a tunnel. */
const TUNNEL_TIMEOUT = 30_000;

export function createProxy(proxy: URL, options: SecureOptions & { readonly timeout: number }): HttpProxy {
  const { timeout, ...secure } = options;
  const agent =
    proxy.protocol === 'https:'
      ? new https.Agent({ keepAlive: true, timeout })
      : new http.Agent({ keepAlive: true, timeout });
  const tunnel = new TunnelAgent(proxy, { keepAlive: true, timeout, ...secure });
  const place = placeOf(proxy);
  return {
    request(url, given, respond) {
      if (url.startsWith('https:')) {
        // Node keeps the signal itself from the agent, and gives up a request only when it has a socket.
        const options: TunnelOptions = { ...given, agent: tunnel, ...(given.signal && { opening: given.signal }) };
        return https.request(url, options, respond);
      }
      const { host, href } = new URL(url);
      const headers = { ...(given.headers as http.OutgoingHttpHeaders), host, ...credentialsOf(proxy) };
      return moduleOf(proxy).request({ ...given, ...place, path: href.replace(/#.*$/s, ''), headers, agent }, respond);
    },
    explain(error) {
      // To `https:` URLs the tunnel has told already.
      const isConnecting =
        error instanceof Error && 'syscall' in error && /^(?:connect|getaddrinfo)$/.test(String(error.syscall));
      return isConnecting ? describeFailure(proxy, `cannot be reached: ${error.message}`, error) : undefined;
    },
    close() {
      agent.destroy();
      tunnel.destroy();
    },
  };
}

interface TunnelOptions extends https.RequestOptions {
  /** Gives up opening the tunnel. */
  readonly opening?: AbortSignal;
}

/** Opens each connection through a tunnel of the proxy. */
class TunnelAgent extends https.Agent {
  readonly #proxy: URL;
  /** Tunnels that are not open yet. */
  readonly #opening = new Set<http.ClientRequest>();

  constructor(proxy: URL, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(
    options: TunnelOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const proxy = this.#proxy;
    const host = String(options.host);
    const target = `${host.includes(':') ? `[${host}]` : host}:${options.port}`;
    const request = moduleOf(proxy).request({
      ...placeOf(proxy),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentialsOf(proxy) },
      agent: false,
      timeout: TUNNEL_TIMEOUT,
      ...(options.opening && { signal: options.opening }),
    });
    this.#opening.add(request);
    request.once('close', () => this.#opening.delete(request));
    // What Node says of the stream does not hold when there is an error.
    const refuse = callback as ((error: Error) => void) | undefined;
    const fail = (reason: string, cause?: Error): void => {
      refuse?.(options.opening?.aborted && cause ? cause : describeFailure(proxy, reason, cause));
    };
    request.once('timeout', () => request.destroy(new Error('it did not answer in time')));
    request.once('error', (error) => fail(`cannot be reached: ${error.message}`, error));
    request.once('response', (response) => {
      response.resume();
      fail(`does not connect to "${target}": it answered ${response.statusCode}`);
    });
    request.once('connect', (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        fail(`does not connect to "${target}": it answered ${response.statusCode}`);
        return;
      }
      let secured: Duplex;
      try {
        secured = super.createConnection({ ...options, socket } as https.RequestOptions) as Duplex;
      } catch (cause) {
        // A certificate or key that cannot be used; whoever asked for the connection has long returned.
        socket.destroy();
        const reason = cause instanceof Error ? cause.message : String(cause);
        const message = `A TLS connection to "${target}" cannot be made: ${reason}.`;
        refuse?.(new TransportError('request-invalid', message, { cause }));
        return;
      }
      callback?.(null, secured);
    });
    request.end();
    return undefined;
  }

  override destroy(): void {
    for (const request of this.#opening) request.destroy();
    super.destroy();
  }
}

/** The address of a proxy is told without its user and password. */
function describeFailure(proxy: URL, reason: string, cause: Error | undefined): TransportError {
  return new TransportError('proxy-failed', `The proxy "${proxy.origin}" ${reason}.`, cause && { cause });
}

function moduleOf(proxy: URL): typeof http | typeof https {
  return proxy.protocol === 'https:' ? https : http;
}

function placeOf(proxy: URL): { readonly protocol: string; readonly hostname: string; readonly port: string } {
  const { protocol, hostname, port } = proxy;
  return { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port: port || (protocol === 'https:' ? '443' : '80') };
}

function credentialsOf(proxy: URL): Readonly<Record<string, string>> {
  if (proxy.username === '') return {};
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` };
}
