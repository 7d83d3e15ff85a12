/** Keywords of JSON Schema whose values are data, in which `$ref` means nothing. */
export const dataKeywords: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'example']);

/** Keywords of JSON Schema whose members are named by authors and are schemas. */
export const mapKeywords: ReadonlySet<string> = new Set([
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'],
]);
