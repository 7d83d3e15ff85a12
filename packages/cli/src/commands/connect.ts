import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { WebSocket } from 'ws';
import { CommandError } from '../command-error.ts';
import { catchInterruption } from '../compose/interruption.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Output } from '../output/output.ts';

export interface ConnectOptions {
  /** Texts of the form `name: value`, sent with the upgrade. */
  readonly header: readonly string[];
  readonly subprotocol: readonly string[];
  /** Sent as soon as the connection is open, in order. */
  readonly message: readonly string[];
  /** Milliseconds to wait for answers after the last message, when input is not a terminal. */
  readonly wait: number;
}

/**
 * `gatewright connect`: a WebSocket client. Each line of standard input is sent as a message, each message received is
 * a line. When input ends, or messages were given as flags and input is no terminal, it waits for answers and closes.
 */
export async function connect(output: Output, url: string, options: ConnectOptions): Promise<ExitCode> {
  if (!/^wss?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new CommandError(exitCode.badInput, `"${url}" is not a ws: or wss: URL.`);
  }
  const socket = open(url, options);
  const interruption = catchInterruption();
  interruption.signal.addEventListener('abort', () => socket.close(1000), { once: true });
  try {
    return await converse(output, socket, options, process.stdin);
  } catch (error) {
    if (interruption.signal.aborted) return exitCode.interrupted;
    throw error;
  } finally {
    interruption.release();
  }
}

/** @throws CommandError for a URL, header or subprotocol that an upgrade request cannot carry. */
function open(url: string, options: ConnectOptions): WebSocket {
  const headers = readHeaders(options.header);
  try {
    return new WebSocket(url, [...options.subprotocol], { headers });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(exitCode.badInput, `No connection to "${url}" can be asked for: ${reason}.`, { cause });
  }
}

function converse(
  output: Output,
  socket: WebSocket,
  options: ConnectOptions,
  input: Readable & { readonly isTTY?: boolean },
): Promise<ExitCode> {
  const { promise, resolve, reject } = withResolvers<ExitCode>();
  socket.on('open', () => {
    output.record({ kind: 'open', subprotocol: socket.protocol });
    output.line(output.style('dim', `connected${socket.protocol === '' ? '' : ` (${socket.protocol})`}`));
    for (const message of options.message) socket.send(message);
    if (input.isTTY || options.message.length === 0) sendLines(socket, input, options.wait);
    else closeAfter(socket, options.wait);
  });
  socket.on('message', (data, isBinary) => {
    const text = isBinary ? `(${String(data).length} bytes of binary)` : String(data);
    output.record({ kind: 'message', text });
    output.line(`< ${text}`);
  });
  socket.on('open', () =>
    socket.on('close', (code, reason) => {
      output.record({ kind: 'close', code, reason: String(reason) });
      output.line(output.style('dim', `closed ${code} ${String(reason)}`.trimEnd()));
      input.pause();
      resolve(exitCode.done);
    }),
  );
  socket.on('unexpected-response', (request, response) => {
    response.setEncoding('utf8');
    let body = '';
    response.on('data', (chunk: string) => {
      body = (body + chunk).slice(0, longestRefusal);
    });
    response.on('end', () => {
      request.destroy();
      const status = `${response.statusCode} ${response.statusMessage ?? ''}`.trimEnd();
      reject(new CommandError(exitCode.failed, `The server refused the connection: ${status} ${body}`.trimEnd()));
    });
  });
  socket.on('error', (cause) => {
    reject(new CommandError(exitCode.environment, `${socket.url}: ${explain(cause)}.`, { cause }));
  });
  return promise;
}

const longestRefusal = 2000;

function sendLines(socket: WebSocket, input: Readable & { readonly isTTY?: boolean }, wait: number): void {
  const lines = createInterface({ input, terminal: false });
  lines.on('line', (line) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(line);
  });
  lines.on('close', () => closeAfter(socket, input.isTTY ? 0 : wait));
}

function closeAfter(socket: WebSocket, milliseconds: number): void {
  const timer = setTimeout(() => socket.close(1000), milliseconds);
  socket.once('close', () => clearTimeout(timer));
}

function readHeaders(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf(':');
      if (at < 1) throw new CommandError(exitCode.badInput, `--header "${text}" must have the form "name: value".`);
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}

function explain(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'nothing listens there (connection refused)';
    case 'ENOTFOUND':
      return 'there is no such host';
    default:
      return error.message;
  }
}

function withResolvers<Value>(): {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (reason: unknown) => void;
} {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
