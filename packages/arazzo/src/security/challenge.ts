/** One challenge of a `WWW-Authenticate` header. Scheme and parameter names are in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads the challenges of a `WWW-Authenticate` field (RFC 9110 §11.6.1); what is no challenge ends the reading. */
export function parseChallenges(text: string): readonly Challenge[] {
  const part = /\s*([\w!#$%&'*+.^`|~-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?\s*,?/y;
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    const name = (match[1] ?? '').toLowerCase();
    const value = match[2]?.replaceAll(/\\(.)/g, '$1') ?? match[3];
    if (value === undefined) challenges.push({ scheme: name, parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name, value);
  }
  return challenges;
}
