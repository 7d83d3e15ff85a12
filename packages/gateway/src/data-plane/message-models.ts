import type { CompiledModel, ModelSchemas, ModelValidator } from '../model/model-schema.ts';
import type { Route } from '../model/resources.ts';
import {
  evaluateSelectionExpression,
  indexBySelectedKey,
  parseSelectionExpression,
} from '../model/selection-expression.ts';

/** The models of a deployment. Each is compiled when a message first needs it. */
export interface MessageModels {
  find(name: string): CompiledModel;
}

export type MessageVerdict =
  | { readonly kind: 'valid' }
  /** `reason` is a sentence for the owner of the gateway. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** There is a model, and it cannot judge anything. */
  | { readonly kind: 'misconfigured'; readonly reason: string };

/** Judges a message by the model that it selects itself; `json` is `undefined` for one that is not JSON. */
export type MessageValidator = (json: unknown) => MessageVerdict;

const valid: MessageVerdict = { kind: 'valid' };

/** Where the model stands that is taken when no other is selected. */
const defaultModelKey = '$default';

export function createMessageModels(
  schemas: ModelSchemas,
  compile: (name: string, schemas: ModelSchemas) => CompiledModel,
): MessageModels {
  const compiled = new Map<string, CompiledModel>();
  return {
    find(name) {
      const model = compiled.get(name) ?? compile(name, schemas);
      compiled.set(name, model);
      return model;
    },
  };
}

/** For a deployment without routes that validate. */
export const noMessageModels: MessageModels = {
  find: (name) => ({ kind: 'invalid', message: `There is no model "${name}".`, isUnresolved: true }),
};

/**
 * Compiles a route's model selection; `undefined` without an expression, for then nothing is validated. See the developer
 * guide, "Request validation for WebSocket APIs".
 */
export function compileMessageValidator(
  { routeKey, modelSelectionExpression, requestModels = {} }: Route,
  models: MessageModels,
): MessageValidator | undefined {
  if (modelSelectionExpression === undefined) return undefined;
  const parsed = parseSelectionExpression(modelSelectionExpression);
  if (parsed.kind === 'invalid') return () => ({ kind: 'misconfigured', reason: parsed.message });
  const names = indexBySelectedKey(requestModels);

  return (json) => {
    if (json === undefined) return { kind: 'invalid', reason: `A message on route "${routeKey}" is not JSON.` };
    const key = evaluateSelectionExpression(parsed.expression, { body: json });
    const name = names.get(key) ?? names.get(defaultModelKey);
    if (name === undefined) {
      const reason = `A message on route "${routeKey}" selects none of its models, and there is none under "${defaultModelKey}".`;
      return { kind: 'invalid', reason };
    }
    const model = models.find(name);
    return model.kind === 'compiled' ? judge(model.validate, json, routeKey, name) : unusable(name, model.message);
  };
}

function judge(validate: ModelValidator, json: unknown, routeKey: string, name: string): MessageVerdict {
  const problem = validate(json);
  if (problem === undefined) return valid;
  return { kind: 'invalid', reason: `A message on route "${routeKey}" does not fit the model "${name}": ${problem}` };
}

function unusable(name: string, message: string): MessageVerdict {
  return { kind: 'misconfigured', reason: `The model "${name}" cannot be used: ${message}` };
}
