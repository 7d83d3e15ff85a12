/**
 * Stage variables in a text, as `${stageVariables.name}`: in URIs, credentials and ids of VPC links. What they stand for is
 * known when a stage is. See the developer guide, "Using stage variables".
 */
const reference = /\$\{stageVariables\.([a-zA-Z0-9_]+)\}/g;

/** Puts the values in; a variable that the stage does not have is the empty string. Values are not looked at again. */
export function substituteStageVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(reference, (_reference, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? '') : '',
  );
}

/** The variables of a text that a stage does not have. */
export function findMissingStageVariables(
  text: string,
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  const names = [...text.matchAll(reference)].flatMap(([, name]) => name ?? []);
  return names.filter((name) => !Object.hasOwn(variables, name));
}

/** Whether a text cannot be judged before its stage is known. */
export function hasStageVariables(text: string): boolean {
  return text.search(reference) !== -1;
}

/** Whether a text begins with a stage variable, so that not even its kind is known before its stage is. */
export function startsWithStageVariable(text: string): boolean {
  return text.search(reference) === 0;
}

/** Whether a text matches a pattern, or might when its stage variables have their values. */
export function mayMatch(pattern: RegExp, text: string): boolean {
  return hasStageVariables(text) || pattern.test(text);
}

/** A sentence about the first `${` of a text that begins no stage variable; `undefined` when there is none. */
export function findMalformedStageVariable(text: string): string | undefined {
  const start = text.replace(reference, (match) => ' '.repeat(match.length)).indexOf('${');
  if (start === -1) return undefined;
  return `"${text.slice(start, start + 100)}" is no stage variable; expected \${stageVariables.{name}} with a name of letters, digits and underscores.`;
}
