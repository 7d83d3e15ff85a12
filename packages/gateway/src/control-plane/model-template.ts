import { isRecord, readJson } from '../model/json.ts';

/**
 * A sample mapping template for values of a schema: GetModelTemplate, "Gets a model template." The service documents
 * no form; this one gives each type a sample value, and lists a loop over what the request has.
 */
export function writeModelTemplate(schema: string): string {
  // A schema that was saved unchecked may be no JSON at all.
  return `#set($inputRoot = $input.path('$'))\n${writeValue(readJson(schema), '$inputRoot', '', 0)}`;
}

/** Deeper samples tell nothing more. */
const maximumDepth = 16;

function writeValue(schema: unknown, path: string, indent: string, depth: number): string {
  const { type, properties, items } = isRecord(schema) ? schema : {};
  if (depth > maximumDepth) return 'null';
  if (type === 'array') return writeList(items, path, indent, depth);
  if (type === 'object' || isRecord(properties))
    return writeObject(isRecord(properties) ? properties : {}, path, indent, depth);
  return samples.get(type) ?? '"foo"';
}

const samples: ReadonlyMap<unknown, string> = new Map([
  ['integer', '42'],
  ['number', '42.0'],
  ['boolean', 'true'],
  ['null', 'null'],
]);

function writeObject(
  properties: Readonly<Record<string, unknown>>,
  path: string,
  indent: string,
  depth: number,
): string {
  const members = Object.entries(properties).map(
    ([name, schema]) =>
      `${indent}  ${JSON.stringify(name)} : ${writeValue(schema, `${path}.${name}`, `${indent}  `, depth + 1)}`,
  );
  return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${indent}}`;
}

function writeList(items: unknown, path: string, indent: string, depth: number): string {
  const item = writeValue(Array.isArray(items) ? items[0] : items, '$elem', `${indent}  `, depth + 1);
  return `[\n#foreach($elem in ${path})\n${indent}  ${item}#if($foreach.hasNext),#end\n#end\n${indent}]`;
}
