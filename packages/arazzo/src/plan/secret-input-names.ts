import type { Plan } from './plan.ts';
import { findSecretInputs, textsIn } from './secret-inputs.ts';

/** The names of the given inputs that are, hold or repeat a secret. */
export function secretInputNames({ workflows, inputs }: Plan): ReadonlySet<string> {
  const documents = new Set([...workflows.values()].map(({ document }) => document));
  const secrets = new Set([...documents].flatMap((document) => findSecretInputs(document, inputs)));
  const names = Object.keys(inputs).filter((name) => textsIn(inputs[name]).some((text) => secrets.has(text)));
  return new Set(names);
}
