import { createHttpTransport, type DocumentReader, fileReader } from '@gatewright/arazzo';
import { type NetworkOptions, readNetwork } from './network.ts';

const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 30_000;
const MOST_REDIRECTS = 10;

/**
 * Reads files, and `http:` and `https:` URLs by the same way as requests go: through the proxy, trusting the certificates, and
 * showing the client certificate that the flags and the environment name. At most 32 MiB, within 30 seconds.
 *
 * @throws CommandError when the flags or the environment cannot be used.
 */
export async function createDocumentReader(options: NetworkOptions): Promise<DocumentReader> {
  const network = { ...(await readNetwork(options, process.env)), maxResponseBytes: MAX_DOCUMENT_BYTES };
  return {
    async read(url, signal) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return fileReader.read(url, signal);
      const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
      // Few documents are remote, so none keeps a connection open.
      const transport = createHttpTransport(network);
      try {
        return await readRemote(url, signal ? AbortSignal.any([signal, timeout]) : timeout, transport);
      } finally {
        transport.close();
      }
    },
  };
}

async function readRemote(
  url: URL,
  signal: AbortSignal,
  transport: ReturnType<typeof createHttpTransport>,
): Promise<Uint8Array> {
  let place = url;
  for (let count = 0; count <= MOST_REDIRECTS; count += 1) {
    const { status, headers, body } = await transport.send(
      {
        ...{ method: 'GET', url: place.href, headers: { accept: '*/*' } },
        ...{ sourceName: '', workflowId: '', stepId: '' },
      },
      signal,
    );
    if (status === 200) return body;
    const target = [301, 302, 303, 307, 308].includes(status) ? headers.location?.[0] : undefined;
    if (target === undefined) {
      throw new Error(`The URL "${place.href}" answered with status ${status}; 200 was expected.`);
    }
    place = redirect(place, target);
  }
  throw new Error(`The URL "${url.href}" redirects more than ${MOST_REDIRECTS} times.`);
}

/** Neither to files nor, once the way was encrypted, to what is not. */
function redirect(from: URL, target: string): URL {
  const to = URL.canParse(target, from.href) ? new URL(target, from.href) : undefined;
  if (to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:')) return to;
  throw new Error(`The URL "${from.href}" redirects to "${target}", which is not followed.`);
}
