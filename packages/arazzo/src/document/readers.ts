import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { MAX_FILE_BYTES } from './source-file.ts';

/** Port: where documents and their sources are read from. */
export interface DocumentReader {
  /** The bytes at a URL. Rejects with an error whose message is one sentence fit to be shown. */
  read(url: URL, signal?: AbortSignal): Promise<Uint8Array>;
}

const FETCH_TIMEOUT = 30_000;

/** Reads `file:`, `http:` and `https:` URLs; at most 32 MiB, and at most 30 seconds over the network. */
export const fileReader: DocumentReader = {
  read(url, signal) {
    if (url.protocol === 'file:') return readLocal(url, signal);
    if (url.protocol === 'http:' || url.protocol === 'https:') return readRemote(url, signal);
    throw new Error(`The URL "${url.href}" has the scheme "${url.protocol}"; file:, http: or https: was expected.`);
  },
};

async function readLocal(url: URL, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    // Non-blocking, so that opening a pipe nobody writes to cannot hang.
    const file = await open(url, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = await file.stat();
      if (!status.isFile()) throw new Error(`"${url.href}" is not a file.`);
      if (status.size > MAX_FILE_BYTES) throw new Error(tooLarge(url));
      return await file.readFile(signal ? { signal } : {});
    } finally {
      await file.close();
    }
  } catch (error) {
    throw describeFileError(url, error);
  }
}

const fileErrors: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'does not exist'],
  ['ENOTDIR', 'does not exist'],
  ['EACCES', 'may not be read'],
  ['EPERM', 'may not be read'],
  ['EISDIR', 'is a directory'],
]);

function describeFileError(url: URL, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_INVALID_FILE_URL_HOST' || code === 'ERR_INVALID_FILE_URL_PATH') {
    const message = `The URL "${url.href}" names no file of this machine; file:///path was expected.`;
    return new Error(message, { cause: error });
  }
  const reason = fileErrors.get(code);
  if (reason !== undefined) return new Error(`The file "${url.href}" ${reason}.`, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

/** What `fetch` fails with names the reason in its cause, if at all. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.cause instanceof Error ? error.cause.message : error.message).replace(/\.$/, '');
}

async function readRemote(url: URL, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(FETCH_TIMEOUT);
  const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout }).catch(
    (error) => {
      throw new Error(`The URL "${url.href}" could not be read: ${reasonOf(error)}.`, { cause: error });
    },
  );
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`The URL "${url.href}" answered with status ${response.status}; 200 was expected.`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_FILE_BYTES) throw new Error(tooLarge(url));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(url: URL): string {
  return `"${url.href}" is larger than ${MAX_FILE_BYTES} bytes; larger files are not read.`;
}
