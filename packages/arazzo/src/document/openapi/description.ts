import { isRecord, memberOf, quote } from '../json.ts';
import type { Library } from '../library.ts';
import type { SourceFile } from '../source-file.ts';
import { createSchemaReader, type SchemaReader } from './schema.ts';

/** How a description is read. OpenAPI 3.2 adds to 3.1 and changes nothing of it. */
type Dialect = 'swagger-2.0' | 'openapi-3.0' | 'openapi-3.1';

/** A description of an API with what reading it needs. */
export interface Description {
  readonly dialect: Dialect;
  readonly file: SourceFile;
  readonly library: Library;
  readonly schemas: SchemaReader;
}

/** What a file describes, or in words why it is no description of an HTTP API. */
export function openDescription(library: Library, file: SourceFile): Description | string {
  const root = file.value;
  const dialect = dialectOf(root);
  if (dialect === undefined) return whyNotOpenApi(root);
  // Beside a `$ref`, other keywords count since schemas are JSON Schema 2020-12 (OpenAPI 3.1 §Schema Object).
  const schemas = createSchemaReader(library, { refSiblings: dialect === 'openapi-3.1' });
  return { dialect, file, library, schemas };
}

function dialectOf(root: unknown): Dialect | undefined {
  if (String(memberOf(root, 'swagger')) === '2.0' || memberOf(root, 'swagger') === 2) return 'swagger-2.0';
  const version = memberOf(root, 'openapi');
  if (typeof version !== 'string' || !/^3\.\d+/.test(version)) return undefined;
  return /^3\.0(?:\.|$)/.test(version) ? 'openapi-3.0' : 'openapi-3.1';
}

function whyNotOpenApi(root: unknown): string {
  if (!isRecord(root)) return `holds ${quote(root)}`;
  if (Object.hasOwn(root, 'openapi')) return `has the OpenAPI version ${quote(root.openapi)}`;
  if (Object.hasOwn(root, 'swagger')) return `is a Swagger ${quote(root.swagger)} description`;
  return 'has no field "openapi"';
}
