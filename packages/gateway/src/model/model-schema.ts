import draft04, { type ErrorObject, type SchemaObject, type ValidateFunction } from 'ajv-draft-04';
import { checkJsonSchema } from './json-schema.ts';
import { isLinearPattern } from './linear-pattern.ts';
import { withinTimeLimit } from './time-limit.ts';

/** The models of an API, among which their schemas may refer to each other. */
export interface ModelSchemas {
  readonly apiId: string;
  /** Name → schema, JSON text. */
  readonly schemas: ReadonlyMap<string, string>;
}

/**
 * What does not fit in a value, as a sentence; `undefined` when it is valid. Takes 100 ms at most, and never throws: a value
 * that cannot be judged in time, or is nested too deeply, is not valid.
 */
export type ModelValidator = (value: unknown) => string | undefined;

export type CompiledModel =
  | { readonly kind: 'compiled'; readonly validate: ModelValidator }
  /** `isUnresolved` when nothing is wrong but that the schema refers to a model that there is not. */
  | { readonly kind: 'invalid'; readonly message: string; readonly isUnresolved: boolean };

/** Milliseconds that one validation may take: nothing else happens in the process meanwhile. */
const maximumValidationMilliseconds = 100;

/** How many models a schema may refer to, directly and through others. */
const maximumReferences = 100;

/**
 * Compiles a model's schema, of JSON Schema draft 4, with those it refers to: by `#/…` within itself, and by
 * `https://apigateway.amazonaws.com/{restapis|apis}/{apiId}/models/{name}` among the models of its API, as the developer guide writes it in
 * "Data models for REST APIs". Nothing is fetched. `format` is not judged. A keyword beside `$ref` has no meaning.
 */
export function compileModel(name: string, models: ModelSchemas): CompiledModel {
  const parsed = new Map<string, SchemaObject>();
  const problem = collectSchemas(name, models, parsed);
  if (problem) return problem;
  try {
    const ajv = new Ajv(options);
    for (const [model, schema] of parsed) for (const key of keysOf(model, models)) ajv.addSchema(schema, key);
    const validate = ajv.getSchema(keyOf(name, models));
    if (!validate) return invalid(`The model "${name}" has no schema.`);
    return { kind: 'compiled', validate: limit(validate, [...parsed.values()]) };
  } catch (error) {
    if (error instanceof RangeError) return invalid('its references lead to each other and to nothing else.');
    return invalid(`${error instanceof Error ? error.message : String(error)}.`);
  }
}

const Ajv = draft04.default;

const options = {
  // Without it, what every object inherits counts as there.
  ownProperties: true,
  // The schemas have been checked, with messages of our own.
  meta: false,
  validateSchema: false,
  strict: false,
  logger: false,
  unicodeRegExp: false,
  validateFormats: false,
  ignoreKeywordsWithRef: true,
  // Inlining a schema that is referred to many times would multiply the code.
  inlineRefs: false,
} as const;

function keyOf(name: string, { apiId }: ModelSchemas): string {
  return `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
}

/** A schema is known under both of the addresses that references use. */
function keysOf(name: string, models: ModelSchemas): readonly string[] {
  return [keyOf(name, models), keyOf(name, models).replace('/restapis/', '/apis/')];
}

/** Reads a schema and all that it refers to into `parsed`; returns what is wrong with any of them. */
function collectSchemas(
  name: string,
  models: ModelSchemas,
  parsed: Map<string, SchemaObject>,
): Extract<CompiledModel, { kind: 'invalid' }> | undefined {
  const pending = [name];
  for (let model = pending.pop(); model !== undefined; model = pending.pop()) {
    if (parsed.has(model)) continue;
    const text = models.schemas.get(model);
    if (text === undefined) return unresolved(name, model);
    const problem = checkJsonSchema(text);
    if (problem !== undefined) return invalid(model === name ? problem : `the model "${model}": ${problem}`);
    if (parsed.size > maximumReferences) return invalid(`it refers to more than ${maximumReferences} models.`);
    const schema = JSON.parse(text) as SchemaObject;
    parsed.set(model, schema);
    pending.push(...findReferences(schema, models));
  }
  return undefined;
}

const modelAddress = /^https:\/\/apigateway\.amazonaws\.com\/(?:restapis|apis)\/([^/#]+)\/models\/([^/#]+)(?:#.*)?$/;

function findReferences(value: unknown, models: ModelSchemas): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key !== '$ref' || typeof item !== 'string') return findReferences(item, models);
    const [, apiId, name] = modelAddress.exec(item) ?? [];
    return apiId === models.apiId && name !== undefined ? [name] : [];
  });
}

/** A schema whose validation may take long is interrupted; others are spared what that costs. */
function limit(validate: ValidateFunction, schemas: readonly SchemaObject[]): ModelValidator {
  const judge: ModelValidator = (value) => {
    try {
      return validate(value) ? undefined : describe(validate.errors?.[0]);
    } catch (error) {
      if (error instanceof RangeError) return 'The value is nested more deeply than can be validated.';
      throw error;
    }
  };
  if (schemas.every(isBounded)) return judge;
  return (value) => {
    const limited = withinTimeLimit(maximumValidationMilliseconds, () => judge(value));
    if (limited.kind === 'done') return limited.value;
    return `The validation takes longer than ${maximumValidationMilliseconds} ms.`;
  };
}

/** References can go round in circles, lists are compared item by item to be unique, and patterns can backtrack. */
function isBounded(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  return Object.entries(schema).every(([key, value]) => {
    if (key === '$ref' || key === 'uniqueItems') return false;
    if (key === 'pattern' && typeof value === 'string') return isLinearPattern(value);
    if (key === 'patternProperties' && !Object.keys(value ?? {}).every(isLinearPattern)) return false;
    return isBounded(value);
  });
}

function describe(error: ErrorObject | undefined): string {
  const place = error?.instancePath ? `The value at "${error.instancePath.slice(0, 200)}"` : 'The value';
  return `${place} ${error?.message ?? 'is not valid'}.`;
}

function unresolved(name: string, model: string): Extract<CompiledModel, { kind: 'invalid' }> {
  const message =
    model === name
      ? `There is no model "${name}".`
      : `it refers to the model "${model}", which this API does not have.`;
  return { kind: 'invalid', message, isUnresolved: true };
}

function invalid(message: string): Extract<CompiledModel, { kind: 'invalid' }> {
  return { kind: 'invalid', message, isUnresolved: false };
}
