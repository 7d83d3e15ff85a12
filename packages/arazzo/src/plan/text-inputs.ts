import type { Diagnostic } from '../diagnostic.ts';
import { type ArazzoDocument, findWorkflow } from '../document/arazzo-document.ts';
import { findChangedNumber, isChanged } from '../document/changed-number.ts';
import { readInputDeclaration } from '../document/inputs.ts';
import { isDeeper, JSON_LEVELS, jsonTypeOf, listMember, memberOf, quote, quoteAll } from '../document/json.ts';
import { fileDiagnostic } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';
import { orderWorkflows } from './order.ts';

/** An input as it is typed, such as `-i name=value`. */
export interface TextInput {
  readonly name: string;
  readonly value: string;
}

export interface TextInputsResult {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Converts typed inputs by the schemas that the workflows (all without `workflowIds`) and those they depend on declare:
 * text unless the schema's type is another; JSON for objects and lists. The last of several values for a name counts.
 */
export function readTextInputs(
  document: ArazzoDocument,
  workflowIds: readonly string[] | undefined,
  texts: readonly TextInput[],
): TextInputsResult {
  const ids = orderWorkflows(document, workflowIds ?? document.workflows.map((workflow) => workflow.workflowId));
  const declarations = ids.flatMap((id) => {
    const site = findWorkflow(document, id);
    return site === undefined ? [] : readInputDeclaration(site.document, site.workflow);
  });
  // What is wrong with a workflow that there is none of is told by the plan.
  const open =
    declarations.some((declaration) => declaration.open) ||
    (workflowIds ?? []).some((id) => findWorkflow(document, id) === undefined);
  const schemas = new Map(declarations.toReversed().flatMap((declaration) => [...declaration.properties]));
  const inputs = new Map<string, unknown>();
  const diagnostics: Diagnostic[] = [];
  for (const { name, value } of texts) {
    if (!schemas.has(name) && !open) {
      const message = `No workflow to run has the input "${name}"; the inputs are ${quoteAll(schemas.keys())}.${suggest(name, schemas.keys())}`;
      diagnostics.push(fileDiagnostic('undeclared-input', message, document.url));
      continue;
    }
    const converted = convert(value, schemas.get(name));
    if (converted.kind === 'converted') inputs.set(name, converted.value);
    else {
      const message = `The input "${name}" is ${quote(value)}; ${converted.expectation} was expected.`;
      diagnostics.push(fileDiagnostic('invalid-input', message, document.url));
    }
  }
  return { inputs: Object.fromEntries(inputs), diagnostics };
}

type Conversion =
  | { readonly kind: 'converted'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly expectation: string };

/** Of several types the first that the text fits counts, text last. */
function convert(text: string, schema: unknown): Conversion {
  const declared = memberOf(schema, 'type');
  const types = (Array.isArray(declared) ? declared : [declared]).filter((type) => typeof type === 'string');
  if (types.length === 0) return { kind: 'converted', value: readAmong(text, listMember(schema, 'enum')) };
  const others = types.filter((type) => type !== 'string');
  for (const type of others) {
    const value = readAs(text, type);
    if (value !== undefined) return { kind: 'converted', value };
  }
  if (others.length < types.length) return { kind: 'converted', value: text };
  return {
    kind: 'refused',
    expectation: others.map((type) => describeType(type, text.trim())).join(' or '),
  };
}

/** Of a schema without a type, the value among those listed that the text spells; else the text. */
function readAmong(text: string, listed: readonly unknown[]): unknown {
  if (listed.includes(text)) return text;
  const spelt = listed
    .filter((value) => value === null || typeof value !== 'object')
    .find((value) => String(value) === text);
  return spelt === undefined ? text : spelt;
}

function describeType(type: string, text: string): string {
  const isNumber = type === 'integer' || type === 'number';
  if (isNumber && isWhole(text)) return 'a number that can be held exactly, as all up to 9007199254740991 can,';
  const changed = isNumber ? undefined : findChangedNumber(parseJson(text), () => text);
  if (changed !== undefined) return `another number than ${changed.written}, which cannot be held exactly,`;
  return expectations.get(type) ?? `the type ${type}`;
}

const expectations: ReadonlyMap<string, string> = new Map([
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['null', 'null'],
  ['object', 'a JSON object'],
  ['array', 'a JSON list'],
]);

function readAs(text: string, type: string): unknown {
  const value = parseJson(text.trim());
  switch (type) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && !isChanged(text.trim()) ? value : undefined;
    case 'number':
      return typeof value === 'number' && !isChanged(text.trim()) ? value : undefined;
    default:
      return value !== undefined && jsonTypeOf(value) === type && !holdsChanged(value, text) ? value : undefined;
  }
}

/** Whether a number in an object or list is not the one that was typed: ids must not change on their way. */
function holdsChanged(value: unknown, text: string): boolean {
  return findChangedNumber(value, () => text) !== undefined;
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeper(value, JSON_LEVELS) ? undefined : value;
  } catch {
    return undefined;
  }
}
