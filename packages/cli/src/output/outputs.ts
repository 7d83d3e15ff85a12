type Outputs = Readonly<Record<string, unknown>>;

/** All workflows' outputs in one object. Where two have the same name, the workflow that ran first keeps it. */
export function flattenOutputs(outputs: Readonly<Record<string, Outputs>>): Outputs {
  return Object.assign({}, ...Object.values(outputs).reverse()) as Outputs;
}
