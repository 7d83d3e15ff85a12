import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { isRecord, memberOf, quote, recordMember } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import { dataKeywords, mapKeywords } from '../../document/schema-keywords.ts';
import { collectSchemaParts } from '../../document/schema-parts.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis } from '../analysis.ts';
import { report } from '../rule.ts';

/**
 * The `inputs` of workflows and components are JSON Schemas 2020-12: their keywords have values that they can have (Arazzo
 * 1.0.1 §Workflow Object). Schemas in other files are taken as they are.
 */
export function inputSchemas(analysis: Analysis): readonly Diagnostic[] {
  return analysis.documents.flatMap((document) =>
    [...judgeSchemas(document), ...judgeRoots(document), ...judgeTypes(document)].map((finding) =>
      report(document, finding),
    ),
  );
}

interface Place {
  readonly value: unknown;
  readonly pointer: string;
}

/** What a keyword can have, as messages say it, and the form that older drafts have for it. */
interface Keyword {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
  readonly fitsOlder?: (value: unknown) => boolean;
}

const isSchema = (value: unknown): boolean => isRecord(value) || typeof value === 'boolean';
const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const isTruth = (value: unknown): boolean => typeof value === 'boolean';
const isSize = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const listOf = (fits: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(fits);

const typeNames = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];
const isType = (value: unknown): boolean => isText(value) && typeNames.includes(String(value));

const areTypes = (values: readonly unknown[]): boolean => values.length > 0 && values.every(isType);

const isPattern = (value: unknown): boolean => {
  if (typeof value !== 'string') return false;
  try {
    return new RegExp(value) instanceof RegExp;
  } catch {
    return false;
  }
};

const describe = (keyword: Keyword, names: string): [string, Keyword][] =>
  names.split(' ').map((name) => [name, keyword]);

const keywords: ReadonlyMap<string, Keyword> = new Map([
  ...describe(
    {
      expected: `one of ${typeNames.map(quote).join(', ')}, or a list of them`,
      fits: (value) => areTypes([value].flat()),
    },
    'type',
  ),
  ...describe(
    { expected: 'an object of schemas', fits: (value) => isRecord(value) && Object.values(value).every(isSchema) },
    'properties patternProperties dependentSchemas $defs',
  ),
  ...describe(
    { expected: 'a schema', fits: isSchema },
    'additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties',
  ),
  ...describe({ expected: 'a schema', fits: isSchema, fitsOlder: listOf(isSchema) }, 'items'),
  ...describe({ expected: 'a list of schemas', fits: listOf(isSchema) }, 'allOf anyOf oneOf prefixItems'),
  ...describe({ expected: 'a list of names', fits: listOf(isText), fitsOlder: isTruth }, 'required'),
  ...describe({ expected: 'a list', fits: Array.isArray }, 'enum'),
  ...describe({ expected: 'a number', fits: isNumber }, 'minimum maximum multipleOf'),
  ...describe({ expected: 'a number', fits: isNumber, fitsOlder: isTruth }, 'exclusiveMinimum exclusiveMaximum'),
  ...describe(
    { expected: 'a whole number that is not negative', fits: isSize },
    'minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains',
  ),
  ...describe({ expected: 'a truth value', fits: isTruth }, 'uniqueItems'),
  ...describe({ expected: 'a regular expression', fits: isPattern }, 'pattern'),
  ...describe({ expected: 'a text', fits: isText }, 'format $ref $anchor'),
]);

function judgeSchemas(document: ArazzoDocument): readonly Finding[] {
  const findings: Finding[] = [];
  const visited = new Set<unknown>();
  const waiting = listRoots(document);
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (!isRecord(place.value) || visited.has(place.value)) continue;
    visited.add(place.value);
    for (const [name, value] of Object.entries(place.value)) {
      findings.push(...judgeKeyword(name, value, childPointer(place.pointer, name)));
    }
    waiting.push(...listChildren(place));
  }
  return findings;
}

function judgeKeyword(name: string, value: unknown, pointer: string): readonly Finding[] {
  const keyword = keywords.get(name);
  if (keyword === undefined || keyword.fits(value)) return [];
  const message = `The keyword "${name}" of the schema is ${quote(value)}; ${keyword.expected} was expected.`;
  if (keyword.fitsOlder?.(value)) return [{ code: 'invalid-schema', severity: 'warning', message, pointer }];
  return [{ code: 'invalid-schema', severity: 'error', message, pointer }];
}

function listRoots({ file, workflows }: ArazzoDocument): Place[] {
  const inputs = Object.entries(recordMember(recordMember(file.value, 'components'), 'inputs'));
  return [
    ...workflows.map((workflow) => ({ value: workflow.inputs, pointer: childPointer(workflow.pointer, 'inputs') })),
    ...inputs.map(([name, value]) => ({ value, pointer: childPointer('/components/inputs', name) })),
  ];
}

function listChildren({ value, pointer }: Place): readonly Place[] {
  return Object.entries(isRecord(value) ? value : {}).flatMap(([name, child]) => {
    const holds = !dataKeywords.has(name) && (keywords.has(name) || mapKeywords.has(name));
    if (!holds || typeof child !== 'object' || child === null) return [];
    const at = childPointer(pointer, name);
    if (!mapKeywords.has(name) && !Array.isArray(child)) return [{ value: child, pointer: at }];
    return Object.entries(child).map(([key, member]) => ({ value: member, pointer: childPointer(at, key) }));
  });
}

/** Inputs that are described beside `properties` are allowed by JSON Schema, which ignores them, and surely not meant. */
function judgeRoots({ workflows }: ArazzoDocument): readonly Finding[] {
  return workflows.flatMap(({ inputs, pointer }) => {
    if (!isRecord(inputs) || Object.hasOwn(inputs, 'properties')) return [];
    const strange = Object.entries(inputs).filter(([name, value]) => !isKnown(name) && looksLikeSchema(value));
    return strange.map(([name]): Finding => {
      const message = `The inputs have "${name}", which is no keyword of JSON Schema; inputs are described within "properties".`;
      const at = childPointer(childPointer(pointer, 'inputs'), name);
      return { code: 'invalid-schema', severity: 'warning', message, pointer: at, about: 'key' };
    });
  });
}

/** The inputs of a workflow are an object, whatever they are, so that a schema of another type refuses every run. */
function judgeTypes(document: ArazzoDocument): readonly Finding[] {
  const { file, base } = document;
  return document.workflows.flatMap(({ workflowId, inputs, pointer }): readonly Finding[] => {
    const { sure } = collectSchemaParts(document, [{ file, base, value: inputs }]);
    const types = sure.map(({ value }) => [memberOf(value, 'type') ?? 'object'].flat());
    const other = types.find((names) => areTypes(names) && !names.includes('object'));
    if (other === undefined) return [];
    const message = `The inputs of the workflow "${workflowId}" are of the type ${other.map(quote).join(' or ')}; an object was expected, whose "properties" are the inputs.`;
    return [{ code: 'invalid-schema', severity: 'error', message, pointer: childPointer(pointer, 'inputs') }];
  });
}

function isKnown(name: string): boolean {
  return (
    name.startsWith('x-') ||
    name.startsWith('$') ||
    keywords.has(name) ||
    dataKeywords.has(name) ||
    mapKeywords.has(name)
  );
}

function looksLikeSchema(value: unknown): boolean {
  return isRecord(value) && ['type', '$ref', 'enum', 'properties'].some((name) => Object.hasOwn(value, name));
}
