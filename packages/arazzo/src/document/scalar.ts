export type ScalarResult =
  | { readonly kind: 'resolved'; readonly value: string | number | boolean | null }
  | { readonly kind: 'refused'; readonly message: string };

type Resolver = (text: string) => string | number | boolean | null | undefined;

/** The tags of the YAML 1.2 JSON schema, to which Arazzo §Format limits a document. */
const tags: ReadonlyMap<string, Resolver> = new Map<string, Resolver>([
  ['str', (text) => text],
  ['null', resolveNull],
  ['bool', resolveBoolean],
  ['int', resolveInteger],
  ['float', resolveNumber],
]);

/**
 * Gives a scalar its value by the core schema of YAML 1.2 §10.3: `yes`, `012a` and dates stay text, `012` is twelve.
 * `.inf` and `.nan` have no JSON value and stay text too.
 */
export function resolveScalar(text: string, plain: boolean, tag: string | undefined): ScalarResult {
  if (tag === undefined) return { kind: 'resolved', value: plain ? resolvePlain(text) : text };
  if (tag === '!') return { kind: 'resolved', value: text };
  const name = /^(?:!!|!<tag:yaml\.org,2002:)([a-z]+)>?$/.exec(tag)?.[1];
  const value = name === undefined ? undefined : tags.get(name)?.(text);
  if (value !== undefined) return { kind: 'resolved', value };
  return {
    kind: 'refused',
    message: `The tag "${tag}" does not fit the value "${text}" or is not one of YAML's JSON schema.`,
  };
}

function resolvePlain(text: string): string | number | boolean | null {
  for (const resolve of [resolveNull, resolveBoolean, resolveNumber]) {
    const value = resolve(text);
    if (value !== undefined) return value;
  }
  return text;
}

function resolveNull(text: string): null | undefined {
  return /^(?:null|Null|NULL|~|)$/.test(text) ? null : undefined;
}

function resolveBoolean(text: string): boolean | undefined {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  return /^(?:false|False|FALSE)$/.test(text) ? false : undefined;
}

function resolveInteger(text: string): number | undefined {
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  return /^0o[0-7]+$|^0x[0-9a-fA-F]+$/.test(text) ? Number(text) : undefined;
}

function resolveNumber(text: string): number | undefined {
  const integer = resolveInteger(text);
  if (integer !== undefined) return integer;
  if (!/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
