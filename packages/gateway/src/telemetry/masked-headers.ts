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

/** A header in the event of a function: a member with its value, or with all its values. */
const secretMembers: RegExp = new RegExp(
  String.raw`"(${[...secretHeaders].join('|')})":(?:"(?:[^"\\]|\\.)+"|\[(?:"(?:[^"\\]|\\.)*",?)+\])`,
  'gi',
);

/** A body as a log shows it: headers in it, as events of handshakes have them, are masked like those of a request. */
export function maskBody(text: string): string {
  return text.replace(secretMembers, '"$1":"***"');
}
