/** Headers that let whoever reads them act for someone else. */
const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'set-cookie',
  'x-amz-security-token',
  'x-api-key',
]);

/** Headers as a log shows them, as `{name=value, …}`: the values of credentials are not among them. */
export function describeHeaders(headers: readonly (readonly [name: string, value: string])[]): string {
  const shown = headers.map(([name, value]) => `${name}=${secretHeaders.has(name.toLowerCase()) ? '***' : value}`);
  return `{${shown.join(', ')}}`;
}
