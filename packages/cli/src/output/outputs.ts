type Outputs = Readonly<Record<string, unknown>>;

/** All workflows' outputs in one object. Where two have the same name, the workflow that ran first keeps it. */
export function flattenOutputs(outputs: Readonly<Record<string, Outputs>>): Outputs {
  return Object.fromEntries(Object.values(outputs).reverse().flatMap(Object.entries));
}
