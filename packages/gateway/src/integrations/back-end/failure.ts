import type { IntegrationResult } from '../integration.ts';

const phrases: readonly (readonly [pattern: RegExp, phrase: string])[] = [
  [/^ECONNREFUSED$/, 'refused the connection'],
  [/^(ENOTFOUND|EAI_)/, 'has a host name that could not be resolved'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/, 'could not be reached'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'closed the connection before it had answered'],
  [/^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|EPROTO)/, 'could not be trusted over TLS'],
  [/^(HPE_|UND_ERR_RES_)/, 'answered with something that is not HTTP'],
];

/** Says in a sentence why a call to `url` brought no answer. */
export function describeBackEndFailure(url: string, error: unknown): IntegrationResult {
  const code = errorCode(error);
  if (code === 'UND_ERR_INVALID_ARG') {
    const detail = error instanceof Error ? error.message : code;
    return { kind: 'failed', cause: 'misconfigured', reason: `The back end "${url}" cannot be called: ${detail}.` };
  }
  const phrase = phrases.find(([pattern]) => pattern.test(code))?.[1] ?? 'could not be called';
  return { kind: 'failed', cause: 'unreachable', reason: `The back end "${url}" ${phrase} (${code}).` };
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
