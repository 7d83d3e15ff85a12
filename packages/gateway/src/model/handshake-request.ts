/** The upgrade request of a client, as far as integrations may see it. */
export interface HandshakeRequest {
  /** Names in the client's letter case, in the client's order; a repeated header stands here more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Without the question mark, percent-encoding untouched. */
  readonly query: string;
}

/** All values of a header; letter case of the name does not matter. */
export function headerValues(request: HandshakeRequest, name: string): readonly string[] {
  const lowerCase = name.toLowerCase();
  return request.headers.filter(([candidate]) => candidate.toLowerCase() === lowerCase).map(([, value]) => value);
}

/** All values of a query parameter, percent- and plus-decoded, in the client's order. */
export function queryValues(request: HandshakeRequest, name: string): readonly string[] {
  return new URLSearchParams(request.query).getAll(name);
}

/** Pairs from the flat list in which Node keeps a request's headers as they were sent. */
export function pairHeaders(rawHeaders: readonly string[]): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return pairs;
}
