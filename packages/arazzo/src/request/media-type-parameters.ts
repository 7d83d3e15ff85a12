/**
 * The parameters of a media type in their order, by their names in lower case, their values without quotes (RFC 9110
 * §8.3.1). What is no parameter is left out, and of two with one name the first counts.
 */
export function readMediaTypeParameters(mediaType: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, bare] of mediaType.matchAll(/;\s*([^\s;="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return parameters;
}

/** A media type with its parameters, of which those that are no tokens are quoted. */
export function writeMediaType(type: string, parameters: ReadonlyMap<string, string>): string {
  return [type, ...[...parameters].map(([name, value]) => `${name}=${quoteUnlessToken(value)}`)].join('; ');
}

function quoteUnlessToken(value: string): string {
  if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}
