import type { ContentHash } from '../../model/api-head.ts';
import { compileModel, type ModelSchemas } from '../../model/model-schema.ts';
import type { Model } from '../../model/resources.ts';

/** What keeps the models of an API from being compiled, as a sentence about the first; `undefined` when nothing does. */
export type ModelVerdicts = (apiId: string, models: ReadonlyMap<ContentHash, Model>) => string | undefined;

const maximumVerdicts = 10_000;

/**
 * Compiles models once: a verdict about one that stands alone holds for its content, and about one that refers to others for
 * as long as all are the same. So a change of a route costs nothing here.
 */
export function createModelVerdicts(): ModelVerdicts {
  const verdicts = new Map<string, string | undefined>();

  function judge(key: string, name: string, models: ModelSchemas): string | undefined {
    if (verdicts.has(key)) return verdicts.get(key);
    if (verdicts.size >= maximumVerdicts) verdicts.clear();
    const compiled = compileModel(name, models);
    const problem = compiled.kind === 'invalid' ? compiled.message : undefined;
    verdicts.set(key, problem);
    return problem;
  }

  return (apiId, models) => {
    const schemas = new Map([...models.values()].map(({ name, schema }) => [name, schema]));
    const company = `${apiId} ${[...models.keys()].sort().join()}`;
    for (const [hash, { name, schema }] of models) {
      const problem = judge(mayRefer(schema) ? `${hash} ${company}` : hash, name, { apiId, schemas });
      if (problem !== undefined) return `Invalid model schema specified in the model "${name}": ${problem}`;
    }
    return undefined;
  };
}

/** An address of another model may be written with escapes. */
function mayRefer(schema: string): boolean {
  return schema.includes('/models/') || schema.includes('\\');
}
