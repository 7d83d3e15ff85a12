import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { bundleSchema } from '../document/bundle-schema.ts';
import { readInputDeclaration } from '../document/inputs.ts';
import { jsonTypeOf, memberOf, quote, recordMember, stringMember } from '../document/json.ts';
import type { Workflow } from '../document/model.ts';
import { decodeFragment, parsePointer, resolvePointer } from '../document/pointer.ts';

/** The inputs of a workflow as far as they are known before it runs. What is neither among them nor unknown is absent. */
export interface KnownInputs {
  readonly values: Readonly<Record<string, unknown>>;
  /** The names of those that only a run gives. */
  readonly unknown: ReadonlySet<string>;
}

/** What is wrong with one input of a workflow. */
export interface InputProblem {
  readonly kind: 'missing' | 'invalid';
  /** Empty when the problem is with the inputs as a whole. */
  readonly name: string;
  readonly message: string;
}

const MAX_PROBLEMS = 20;

/** The inputs that a workflow takes from those given: the ones it declares, absent ones with a default filled in. */
export function takeInputs(
  document: ArazzoDocument,
  workflow: Workflow,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { properties, open } = readInputDeclaration(document, workflow);
  if (open) return given;
  const taken: (readonly [string, unknown])[] = [];
  for (const [name, schema] of properties) {
    const value = Object.hasOwn(given, name) ? given[name] : memberOf(schema, 'default');
    if (value !== undefined) taken.push([name, value]);
  }
  return Object.fromEntries(taken);
}

/** The same of inputs that are only known in part: a default fills in what is absent, not what is unknown. */
export function takeKnownInputs(document: ArazzoDocument, workflow: Workflow, given: KnownInputs): KnownInputs {
  const { properties, open } = readInputDeclaration(document, workflow);
  const taken = Object.entries(takeInputs(document, workflow, given.values));
  return {
    values: Object.fromEntries(taken.filter(([name]) => !given.unknown.has(name))),
    unknown: new Set([...given.unknown].filter((name) => open || properties.has(name))),
  };
}

/** Validates the inputs of a workflow against its `inputs`, a JSON Schema 2020-12. At most 20 problems are told. */
export async function validateInputs(
  document: ArazzoDocument,
  workflow: Workflow,
  inputs: Readonly<Record<string, unknown>>,
): Promise<readonly InputProblem[]> {
  const problems = judgeMissing(document, workflow, inputs);
  if (workflow.inputs === undefined) return problems;
  return [...problems, ...(await validateSchema(document, workflow, inputs))].slice(0, MAX_PROBLEMS);
}

function judgeMissing(
  document: ArazzoDocument,
  workflow: Workflow,
  inputs: Readonly<Record<string, unknown>>,
): readonly InputProblem[] {
  const { required, properties } = readInputDeclaration(document, workflow);
  const missing = [...required].filter((name) => !Object.hasOwn(inputs, name));
  return missing.map((name): InputProblem => {
    const description = stringMember(properties.get(name), 'description');
    const message = `The workflow "${workflow.workflowId}" needs the input "${name}"${describeType(properties.get(name))}.${description ? ` It is: ${description}` : ''}`;
    return { kind: 'missing', name, message };
  });
}

/**
 * Validates the inputs of a workflow as far as they are known: with some unknown, only each of the others by itself, and
 * that those required are there.
 */
export async function validateKnownInputs(
  document: ArazzoDocument,
  workflow: Workflow,
  { values, unknown }: KnownInputs,
): Promise<readonly InputProblem[]> {
  if (unknown.size === 0) return validateInputs(document, workflow, values);
  const { $defs, $schema, properties } = recordMember({ inputs: workflow.inputs }, 'inputs');
  // What depends on several of them may yet hold.
  const inputs = { $schema, $defs, properties };
  const missing = judgeMissing(document, workflow, values).filter(({ name }) => !unknown.has(name));
  return [...missing, ...(await validateInputs(document, { ...workflow, inputs }, values))];
}

function describeType(schema: unknown): string {
  const type = stringMember(schema, 'type');
  return type === undefined ? '' : `, of the type ${type}`;
}

async function validateSchema(
  document: ArazzoDocument,
  workflow: Workflow,
  inputs: Readonly<Record<string, unknown>>,
): Promise<readonly InputProblem[]> {
  const { Validator } = await import('@cfworker/json-schema');
  const schema = bundleSchema(document, workflow.inputs);
  let errors: readonly SchemaError[];
  try {
    const validator = new Validator(typeof schema === 'boolean' ? schema : Object(schema), '2020-12', false);
    errors = validator.validate(inputs).errors.map(locate);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The inputs of the workflow "${workflow.workflowId}" cannot be validated, because their schema is faulty: ${reason}`;
    return [{ kind: 'invalid', name: '', message }];
  }
  const { required } = readInputDeclaration(document, workflow);
  const telling = errors.filter(isTelling);
  const judged = telling.filter((error) => !isLeftOver(error));
  // An input that is called as a keyword is must not go untold.
  const told = [judged, telling, errors.slice(-1)].find((some) => some.length > 0) ?? [];
  const untold = told.filter((error) => !required.has(missingOf(error) ?? ''));
  return untold.map((error) => describeError(workflow.workflowId, inputs, error, schema));
}

interface SchemaError {
  readonly keyword: string;
  readonly keywordLocation: string;
  readonly instanceLocation: string;
  readonly error: string;
}

/** The error of a schema that is `false` follows that of its keyword, and does not say where that is. */
function locate(error: SchemaError, index: number, errors: readonly SchemaError[]): SchemaError {
  const before = error.keyword === 'false' ? errors[index - 1] : undefined;
  return before === undefined ? error : { ...error, keywordLocation: `${before.keywordLocation}/false` };
}

/** Keywords whose errors only say that a part failed; the errors of the part follow. */
const wrappers: ReadonlySet<string> = new Set([
  ...['$ref', 'properties', 'items', 'prefixItems', 'allOf', 'patternProperties', 'if', 'then', 'else'],
  ...['additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'dependentSchemas'],
]);

/** Errors of parts are told by those in them; those in alternatives of which another may fit, and of names, tell nothing. */
function isTelling({ keyword, keywordLocation }: SchemaError): boolean {
  return !wrappers.has(keyword) && !/\/(?:anyOf|oneOf|not|propertyNames)\//.test(keywordLocation);
}

/** A part that fails has judged nothing, so what it would have judged is then left over too, which is no fault by itself. */
function isLeftOver({ keywordLocation }: SchemaError): boolean {
  return /\/unevaluated(?:Properties|Items)\//.test(keywordLocation);
}

/** The input that a schema finds missing; those that it always requires are told already, with their descriptions. */
function missingOf({ keyword, instanceLocation, error }: SchemaError): string | undefined {
  if (keyword !== 'required' || instanceLocation !== '#') return undefined;
  return /required property "(.*)"\.$/s.exec(error)?.[1];
}

function describeError(
  workflowId: string,
  inputs: Readonly<Record<string, unknown>>,
  error: SchemaError,
  schema: unknown,
): InputProblem {
  const missing = missingOf(error);
  if (missing !== undefined) {
    const message = `The workflow "${workflowId}" needs the input "${missing}" with the others that are given.`;
    return { kind: 'missing', name: missing, message };
  }
  const tokens = parsePointer(decodeFragment(error.instanceLocation.slice(1))) ?? [];
  const name = tokens[0] ?? '';
  const value = tokens.reduce<unknown>((current, token) => memberOrItem(current, token), inputs);
  const where = tokens.length > 1 ? ` at "/${tokens.slice(1).join('/')}"` : '';
  const subject =
    name === ''
      ? `The inputs of the workflow "${workflowId}" are`
      : `The input "${name}" of the workflow "${workflowId}" is`;
  const message = `${subject} ${quote(value)} (${jsonTypeOf(value)})${where}; ${describeExpectation(error, schema)}.`;
  return { kind: 'invalid', name, message };
}

function memberOrItem(value: unknown, token: string): unknown {
  return Array.isArray(value) ? value[Number(token)] : memberOf(value, token);
}

/** The validator gives no structured expectation, only sentences; those of the common keywords are read. */
function describeExpectation({ keyword, keywordLocation, error }: SchemaError, schema: unknown): string {
  const pattern = keyword === 'pattern' ? keywordAt(schema, keywordLocation) : undefined;
  if (pattern !== undefined) return `text that matches ${quote(pattern)} was expected`;
  const expected = keyword === 'type' ? /Expected (.+)\.$/.exec(error)?.[1] : undefined;
  if (expected !== undefined) return `the type ${expected.replaceAll('"', '')} was expected`;
  const allowed = keyword === 'enum' ? /any of \[(.+)\]\.$/s.exec(error)?.[1] : undefined;
  if (allowed !== undefined) return `one of ${allowed.replaceAll(',', ', ')} was expected`;
  if (keyword === 'false') return 'no value was expected there';
  return `the schema's "${keyword}" was expected to hold: ${error.replace(/\.$/, '')}`;
}

/** The value of a keyword, at a place that leads through references. */
function keywordAt(schema: unknown, location: string): unknown {
  const tokens = parsePointer(decodeFragment(location.slice(1))) ?? [];
  return tokens.reduce<unknown>((current, token) => {
    const next = memberOrItem(current, token);
    if (token !== '$ref' || typeof next !== 'string') return next;
    return resolvePointer(schema, parsePointer(decodeFragment(next.slice(1))) ?? []);
  }, schema);
}
