import type { Diagnostic } from '../../diagnostic.ts';
import { isRecord, stringMember } from '../json.ts';
import type { SourceFile } from '../source-file.ts';
import type { Description } from './description.ts';
import { childPlace, follow, type Place } from './reference.ts';

/** The fixed fields of a Path Item Object that are operations (OpenAPI 3.2 §Path Item Object; `query` is new there). */
const operationMethods: readonly string[] = [
  ...['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'],
];

/** Where an operation of an OpenAPI description is written. */
export interface OperationSite {
  readonly operationId?: string;
  /** In upper case; additional methods as they are written. */
  readonly method: string;
  /** The path template, as in `/pets/{id}`. */
  readonly path: string;
  /** As in `/paths/~1pets~1{id}/get`, whatever file the path item is in. */
  readonly pointer: string;
  readonly description: Description;
  /** Of the description itself, which a path item in another file is part of. */
  readonly file: SourceFile;
  readonly operation: Place;
  /** The path item: itself, then what its `$ref` leads to. */
  readonly pathItem: readonly Place[];
}

export interface OperationIndex {
  readonly sites: readonly OperationSite[];
  readonly problems: readonly Diagnostic[];
}

/** Lists the operations of a description in the order they are written. */
export async function indexOperations(description: Description): Promise<OperationIndex> {
  const { file } = description;
  const sites: OperationSite[] = [];
  const problems: Diagnostic[] = [];
  const root: Place = { file, pointer: '', value: file.value };
  const paths = childPlace(root, 'paths');
  if (paths === undefined || !isRecord(paths.value)) return { sites, problems };
  for (const path of Object.keys(paths.value)) {
    const entry = childPlace(paths, path);
    if (entry === undefined || !path.startsWith('/')) continue;
    const followed = await follow(description.library, entry);
    if (followed.kind === 'unresolved') {
      // Whoever looks for an operation in it finds none, which is the error.
      problems.push({ ...followed.diagnostic, severity: 'warning' });
      continue;
    }
    // All fields may stand beside a `$ref` too (OpenAPI 3.1 §Path Item Object).
    const pathItem = [...followed.passed, followed.place];
    sites.push(...pathItem.flatMap((part) => listSites(description, path, entry.pointer, pathItem, part)));
  }
  return { sites, problems };
}

function listSites(
  description: Description,
  path: string,
  pointer: string,
  pathItem: readonly Place[],
  part: Place,
): readonly OperationSite[] {
  const site = (operation: Place | undefined, method: string, at: string): readonly OperationSite[] => {
    if (operation === undefined || !isRecord(operation.value)) return [];
    const operationId = stringMember(operation.value, 'operationId');
    const named = operationId === undefined ? {} : { operationId };
    return [{ ...named, method, path, pointer: at, description, file: description.file, operation, pathItem }];
  };
  // OpenAPI 3.2 §Path Item Object: methods without a fixed field.
  const additional = childPlace(part, 'additionalOperations');
  return [
    ...operationMethods.flatMap((method) =>
      site(childPlace(part, method), method.toUpperCase(), `${pointer}/${method}`),
    ),
    ...(additional && isRecord(additional.value) ? Object.keys(additional.value) : []).flatMap((method) =>
      site(additional && childPlace(additional, method), method, `${pointer}/additionalOperations/${method}`),
    ),
  ];
}
