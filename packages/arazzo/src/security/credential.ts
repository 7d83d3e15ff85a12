import type { Credential } from './authorizer.ts';

/** The part `name` of a credential with named parts; `undefined` when it is absent, empty, or the credential is a text. */
export function partOf(credential: Credential, name: string): string | undefined {
  if (typeof credential === 'string' || !Object.hasOwn(credential, name)) return undefined;
  const part = credential[name];
  return typeof part === 'string' && part !== '' ? part : undefined;
}

/** A credential of one part: the text itself, or the part `name`. */
export function readSecret(credential: Credential, name: string): string | undefined {
  return typeof credential === 'string' ? credential || undefined : partOf(credential, name);
}

/** A credential of two parts: the text `first:second`, in which the second may hold further colons, or parts of these names. */
export function readPair(credential: Credential, first: string, second: string): readonly [string, string] | undefined {
  if (typeof credential === 'string') {
    const at = credential.indexOf(':');
    return at < 1 ? undefined : [credential.slice(0, at), credential.slice(at + 1)];
  }
  const left = partOf(credential, first);
  // A password may be empty.
  const right = Object.hasOwn(credential, second) ? credential[second] : undefined;
  return left === undefined || typeof right !== 'string' ? undefined : [left, right];
}

/** User and password, or identifier and secret, as the header `Authorization` has them after `Basic` (RFC 7617 §2). */
export function encodeBasic(pair: readonly [string, string]): string {
  return Buffer.from(pair.join(':')).toString('base64');
}

/** The same for identifiers and secrets of OAuth clients (RFC 6749 §2.3.1). */
export function encodeBasicForm([first, second]: readonly [string, string]): string {
  return encodeBasic([encodeFormValue(first), encodeFormValue(second)]);
}

function encodeFormValue(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** Every text in a credential that is worth hiding, also as servers see it, who may say it back. */
export function secretsIn(credential: Credential): readonly string[] {
  const pairs = [readPair(credential, 'username', 'password'), readPair(credential, 'clientId', 'clientSecret')];
  const sent = pairs.flatMap((pair) => (pair === undefined ? [] : [encodeBasic(pair), encodeBasicForm(pair)]));
  return [...new Set([...partsIn(credential), ...sent])].filter((text) => text !== '');
}

function partsIn(credential: Credential): readonly string[] {
  if (typeof credential !== 'string') {
    const open = new Set(['username', 'clientId', 'accessKeyId', 'region', 'service', 'tokenUrl']);
    return Object.entries(credential).flatMap(([name, value]) => (open.has(name) ? [] : value));
  }
  const at = credential.indexOf(':');
  const [, ...parts] = credential.split(':');
  return [credential, at < 0 ? '' : credential.slice(at + 1), ...parts];
}
