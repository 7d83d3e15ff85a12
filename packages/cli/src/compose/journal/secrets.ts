import { isRecord } from '../is-record.ts';

/** A text in which secrets stand for themselves, as journals keep it: plain parts, and names of inputs. */
interface Withheld {
  readonly 'gatewright:withheld': readonly (string | { readonly input: string })[];
}

const key = 'gatewright:withheld';

/** Takes secrets out of values, and puts them back once they are given again. */
export interface SecretKeeper {
  withhold(value: unknown): unknown;
  restore(value: unknown): unknown;
}

/** @param secrets The values of the inputs that are secrets, by name. Texts that hold their texts are kept without them. */
export function createSecretKeeper(secrets: Readonly<Record<string, unknown>>): SecretKeeper {
  const texts = Object.entries(secrets).flatMap(([input, value]) =>
    textsIn(value).map((text, index) => ({ input, text, index })),
  );
  // The longest first, so that a secret inside another does not break it.
  texts.sort((left, right) => right.text.length - left.text.length);
  const withholdText = (text: string): unknown => {
    let parts: (string | { readonly input: string })[] = [text];
    for (const secret of texts) {
      const name = { input: `${secret.input}#${secret.index}` };
      parts = parts.flatMap((part) =>
        typeof part === 'string'
          ? part.split(secret.text).flatMap((piece, at) => (at === 0 ? [piece] : [name, piece]))
          : [part],
      );
    }
    if (parts.every((part) => typeof part === 'string')) return text;
    return { [key]: parts.filter((part) => part !== '') } satisfies Withheld;
  };
  const known = new Map(texts.map(({ input, index, text }) => [`${input}#${index}`, text]));
  return {
    withhold: (value) => (texts.length === 0 ? value : mapTexts(value, withholdText)),
    restore: (value) => restore(value, known),
  };
}

function mapTexts(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapTexts(member, change)]));
}

function restore(value: unknown, known: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => restore(item, known));
  if (!isRecord(value)) return value;
  const parts = Object.hasOwn(value, key) ? value[key] : undefined;
  if (Array.isArray(parts)) {
    return parts.map((part) => (isRecord(part) ? (known.get(String(part.input)) ?? '') : String(part))).join('');
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, restore(member, known)]));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
