import type { Diagnostic } from '../diagnostic.ts';
import { type ArazzoDocument, findWorkflow } from '../document/arazzo-document.ts';
import { readInputDeclaration } from '../document/inputs.ts';
import { isRecord, jsonTypeOf, memberOf, quote, quoteAll } from '../document/json.ts';
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
  const open = declarations.some((declaration) => declaration.open);
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
  if (types.length === 0) return { kind: 'converted', value: text };
  const others = types.filter((type) => type !== 'string');
  for (const type of others) {
    const value = readAs(text, type);
    if (value !== undefined) return { kind: 'converted', value };
  }
  if (others.length < types.length) return { kind: 'converted', value: text };
  return {
    kind: 'refused',
    expectation: others.map((type) => expectations.get(type) ?? `the type ${type}`).join(' or '),
  };
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
      return Number.isInteger(value) ? value : undefined;
    case 'object':
      return isRecord(value) ? value : undefined;
    default:
      return value !== undefined && jsonTypeOf(value) === type ? value : undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
