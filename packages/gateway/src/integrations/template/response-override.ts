import { type HostValue, isNumber, makeMap, type Value } from './value.ts';

/** What a response template sets in `$context.responseOverride`. */
export interface ResponseOverride {
  /** What the template sees. */
  readonly value: HostValue;
  /** As text; `undefined` when none was set. */
  status(): string | undefined;
  headers(): readonly (readonly [name: string, value: string])[];
}

/**
 * `$context.responseOverride`: `status` can be set, and members of `header`. What is neither text nor a number is left out.
 * See the developer guide, "Override your API's request and response parameters and status codes".
 */
export function createResponseOverride(): ResponseOverride {
  let status: string | undefined;
  const header = makeMap();
  return {
    value: {
      kind: 'host',
      property: (name) => (name === 'header' ? header : undefined),
      methods: new Map(),
      assign(name, value) {
        if (name === 'status') status = toScalarText(value);
      },
    },
    status: () => status,
    headers: () =>
      [...header.entries.values()].flatMap(({ key, value }) => {
        const text = toScalarText(value);
        return typeof key === 'string' && text !== undefined ? [[key, text] as const] : [];
      }),
  };
}

function toScalarText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return isNumber(value) ? String(value.value) : undefined;
}
