import { createSecretFinder, shortestSecret } from './secret-finder.ts';

/** What stands in the place of a secret. */
export const maskedText = '***';

/**
 * Hides secrets in what is printed: texts that are known to be secret, also as names in bodies, and headers and members by
 * their names.
 */
export interface Masker {
  /** Hides these texts from now on: as whole values, and within others when they are not shorter than `shortestSecret`. */
  conceal(secrets: Iterable<string>): void;
  /** Hides headers of these names from now on, in any case. */
  concealHeaders(names: Iterable<string>): void;
  /** Hides headers, and members of bodies, inputs and outputs, of these names from now on, in any case. */
  concealNames(names: Iterable<string>): void;
  maskText(text: string): string;
  /** The same of text around values, which is no secret as a whole. */
  maskWithin(text: string): string;
  /** A copy of plain data without the secrets; the data itself when there is nothing to hide in it. */
  maskValue<Value>(value: Value): Value;
}

/** Headers that carry credentials by their definition (RFC 9110, RFC 6265), or by wide use. */
const credentialHeaders: readonly string[] = [
  ...['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key', 'x-amz-security-token'],
  ...['x-auth-token', 'api-key', 'apikey'],
];

/** Members under which a document's own names stand, so that they can be hidden without touching the events themselves. */
const containers: ReadonlySet<string> = new Set(['body', 'inputs', 'outputs', 'headers', 'parameters']);

/** Members of our own records that hold our own words, names in documents, counts and times: a secret may be alike, and is none. */
const ownMembers: ReadonlySet<string> = new Set([
  ...['workflowId', 'workflowIds', 'stepId'],
  ...['kind', 'code', 'severity', 'outcome', 'status', 'exitCode'],
  ...['bytes', 'decodedFrom'],
  ...['attempt', 'attempts', 'milliseconds', 'afterMilliseconds', 'startedAt', 'line', 'column'],
]);

/** Values of hidden headers are hidden elsewhere too, such as in an answer that echoes them; so many are remembered. */
const mostLearned = 256;

export function createMasker(): Masker {
  const headers = new Set(credentialHeaders);
  const names = new Set<string>();
  const secrets = new Set<string>();
  const finder = createSecretFinder();
  let learned = 0;

  const conceal = (texts: Iterable<string>): void => {
    for (const text of texts) {
      if (text === '' || secrets.has(text)) continue;
      secrets.add(text);
      if (text.length >= shortestSecret) finder.add(text);
    }
  };
  const learn = (value: unknown): void => {
    const texts = [value].flat().filter((text) => typeof text === 'string');
    const parts = texts.flatMap((text) => [text, /^(?:Bearer|Basic) (.+)$/i.exec(text)?.[1] ?? '']);
    // Signatures and answers to challenges are new with each request, and secret in no other place.
    const lasting = parts.filter((text) => text.length >= shortestSecret && !/^(?:AWS4-|Digest )/i.test(text));
    if (learned + lasting.length > mostLearned) return;
    learned += lasting.filter((text) => !secrets.has(text)).length;
    conceal(lasting);
  };
  const maskWithin = (text: string): string => finder.replace(text, maskedText);
  const maskText = (text: string): string => (secrets.has(text) ? maskedText : maskWithin(text));
  const isHidden = (name: string, place: string): boolean => {
    if (place === '' || (place !== 'headers' && names.size === 0)) return false;
    const folded = name.toLowerCase();
    return names.has(folded) || (place === 'headers' && headers.has(folded));
  };
  const maskMember = (name: string, member: unknown, place: string): unknown => {
    const within = place === '' && isContainer(name, member) ? name : place;
    // A large body is not copied for nothing.
    if (within !== '' && within !== 'headers' && secrets.size === 0 && names.size === 0) return member;
    if (!isHidden(name, place)) return mask(member, within);
    if (!/cookie/i.test(name)) learn(member);
    return Array.isArray(member) ? member.map(() => maskedText) : maskedText;
  };
  /** `place` is the container that the value is in; empty outside of all. */
  const mask = (value: unknown, place: string): unknown => {
    if (typeof value === 'string') return maskText(value);
    if (typeof value === 'number') return secrets.has(String(value)) ? maskedText : value;
    if (Array.isArray(value)) return maskItems(value, place);
    return isPlainObject(value) ? maskMembers(value, place) : value;
  };
  const maskItems = (value: readonly unknown[], place: string): unknown => {
    const items = value.map((item) => mask(item, place));
    return items.every((item, index) => item === value[index]) ? value : items;
  };
  /** Most objects have nothing to hide, so a copy is made only of those that have. */
  const maskMembers = (value: object, place: string): unknown => {
    let masked: Map<string, unknown> | undefined;
    for (const name of Object.keys(value)) {
      if (place === '' && ownMembers.has(name)) continue;
      const member = Reflect.get(value, name);
      const shown = maskMember(name, member, place);
      if (shown === member && maskName(name, place) === name) continue;
      masked ??= new Map(Object.entries(value));
      masked.set(name, shown);
    }
    if (masked === undefined) return value;
    return Object.fromEntries([...masked].map(([name, member]) => [maskName(name, place), member]));
  };
  /** Servers may use a secret as a name; inputs and outputs are named by the document, and programs look for those names. */
  const maskName = (name: string, place: string): string => (place === 'body' ? maskWithin(name) : name);
  return {
    conceal,
    concealHeaders(given) {
      for (const name of given) headers.add(name.toLowerCase());
    },
    concealNames(given) {
      for (const name of given) names.add(name.toLowerCase());
    },
    maskText,
    maskWithin,
    maskValue: <Value>(value: Value) => mask(value, '') as Value,
  };
}

/** What is ready has the outputs of workflows by their names; a report has a list of workflows. */
function isContainer(name: string, member: unknown): boolean {
  return containers.has(name) || (name === 'workflows' && !Array.isArray(member));
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
