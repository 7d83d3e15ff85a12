/** Sections of Arazzo 1.1.0 that 1.0.1 has under another name. */
const earlierNames: ReadonlyMap<string, string> = new Map([
  ['Relative References in Arazzo Description URIs', 'Relative References in URLs'],
  ['JSONPath Conditions', 'Criterion Object'],
]);

/** Names a section, which is given as 1.1.0 calls it, in the specification of the version that a document says it is of. */
export function cite(version: unknown, section: string): string {
  const isEarlier = typeof version === 'string' && version.startsWith('1.0.');
  return isEarlier ? `Arazzo 1.0.1 §${earlierNames.get(section) ?? section}` : `Arazzo 1.1.0 §${section}`;
}
