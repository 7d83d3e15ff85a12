import type { Diagnostic } from '../../diagnostic.ts';
import { isRecord, stringMember } from '../json.ts';
import type { Library } from '../library.ts';
import type { SourceFile } from '../source-file.ts';
import { childPlace, follow, type Place } from './reference.ts';

/** The fixed fields of an OpenAPI Path Item Object that are operations. */
const operationMethods: readonly string[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Where an operation of an OpenAPI description is written. */
export interface OperationSite {
  readonly operationId?: string;
  /** In upper case. */
  readonly method: string;
  /** The path template, as in `/pets/{id}`. */
  readonly path: string;
  /** As in `/paths/~1pets~1{id}/get`, whatever file the path item is in. */
  readonly pointer: string;
  /** The description itself, which a path item in another file is part of. */
  readonly file: SourceFile;
  readonly operation: Place;
  readonly pathItem: Place;
}

export interface OperationIndex {
  readonly sites: readonly OperationSite[];
  readonly problems: readonly Diagnostic[];
}

/** Lists the operations of an OpenAPI description in the order they are written. */
export async function indexOperations(library: Library, file: SourceFile): Promise<OperationIndex> {
  const sites: OperationSite[] = [];
  const problems: Diagnostic[] = [];
  const root: Place = { file, pointer: '', value: file.root.value };
  const paths = childPlace(root, 'paths');
  if (paths === undefined || !isRecord(paths.value)) return { sites, problems };
  for (const path of Object.keys(paths.value)) {
    const entry = childPlace(paths, path);
    if (entry === undefined || !path.startsWith('/')) continue;
    const followed = await follow(library, entry);
    if (followed.kind === 'found') sites.push(...listSites(file, path, entry.pointer, followed.place));
    else problems.push(followed.diagnostic);
  }
  return { sites, problems };
}

function listSites(file: SourceFile, path: string, pointer: string, pathItem: Place): readonly OperationSite[] {
  return operationMethods.flatMap((method) => {
    const operation = childPlace(pathItem, method);
    if (operation === undefined || !isRecord(operation.value)) return [];
    const operationId = stringMember(operation.value, 'operationId');
    return {
      ...(operationId !== undefined && { operationId }),
      method: method.toUpperCase(),
      path,
      pointer: `${pointer}/${method}`,
      file,
      operation,
      pathItem,
    };
  });
}
