/**
 * Headers that belong to one connection and are not passed on (RFC 9110 §7.6.1), with those that the sender of a message
 * computes anew.
 */
const connectionHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header may be passed on; letter case does not matter. */
export function isEndToEndHeader(name: string): boolean {
  return !connectionHeaders.has(name.toLowerCase());
}

/** The headers that may be passed on: neither of one connection, nor named by the `Connection` header. */
export function selectEndToEndHeaders(
  headers: readonly (readonly [name: string, value: string])[],
): readonly (readonly [name: string, value: string])[] {
  const named = new Set(
    headers
      .filter(([name]) => name.toLowerCase() === 'connection')
      .flatMap(([, value]) => value.toLowerCase().split(','))
      .map((name) => name.trim()),
  );
  return headers.filter(([name]) => isEndToEndHeader(name) && !named.has(name.toLowerCase()));
}
