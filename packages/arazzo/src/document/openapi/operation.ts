import type { Diagnostic } from '../../diagnostic.ts';
import { isRecord, listMember, memberOf, stringMember } from '../json.ts';
import type { Library } from '../library.ts';
import { type ObjectSchema, readObjectSchema } from './object-schema.ts';
import type { OperationSite } from './operation-index.ts';
import { childPlace, follow, type Place } from './reference.ts';
import { readSecurity, type SecurityAlternative } from './security.ts';
import { readServerUrl } from './server.ts';

/** An operation of an OpenAPI description, with everything needed to call it. */
export interface Operation {
  readonly sourceName: string;
  readonly operationId?: string;
  /** In upper case. */
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly OperationParameter[];
  readonly body?: OperationBody;
  /** Absolute, without a trailing slash; `undefined` when the description gives none that can be reached. */
  readonly serverUrl: string | undefined;
  readonly security: readonly SecurityAlternative[];
}

export interface OperationParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly style?: string;
  readonly explode?: boolean;
  /** True when the parameter is described by `content` instead of a schema. */
  readonly encoded: boolean;
  readonly allowed?: readonly unknown[];
  readonly hasDefault: boolean;
}

interface OperationBody {
  readonly required: boolean;
  /** In the order of the description. */
  readonly contents: readonly { readonly mediaType: string; readonly schema?: ObjectSchema }[];
}

export interface OperationResult {
  readonly operation: Operation;
  readonly problems: readonly Diagnostic[];
}

/** Reads an operation, following the references it uses and no others. */
export async function readOperation(
  library: Library,
  sourceName: string,
  site: OperationSite,
): Promise<OperationResult> {
  const problems: Diagnostic[] = [];
  const reach = async (place: Place | undefined): Promise<Place | undefined> => {
    const followed = place && (await follow(library, place));
    if (followed?.kind === 'unresolved') problems.push(followed.diagnostic);
    return followed?.kind === 'found' ? followed.place : undefined;
  };
  const body = await readBody(library, await reach(childPlace(site.operation, 'requestBody')), problems);
  const operation: Operation = {
    sourceName,
    ...(site.operationId !== undefined && { operationId: site.operationId }),
    method: site.method,
    path: site.path,
    parameters: await readParameters(site, reach),
    ...(body && { body }),
    serverUrl: readServerUrl(site),
    security: await readSecurity(library, site, problems),
  };
  return { operation, problems };
}

type Reach = (place: Place | undefined) => Promise<Place | undefined>;

/** Parameters of the operation override those of its path item with the same name and place. */
async function readParameters(site: OperationSite, reach: Reach): Promise<readonly OperationParameter[]> {
  const parameters = new Map<string, OperationParameter>();
  for (const owner of [site.pathItem, site.operation]) {
    const list = childPlace(owner, 'parameters');
    for (let index = 0; index < listMember(owner.value, 'parameters').length; index += 1) {
      const place = await reach(list && childPlace(list, index));
      const parameter = place && (await readParameter(place, reach));
      if (parameter) parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...parameters.values()];
}

async function readParameter(place: Place, reach: Reach): Promise<OperationParameter | undefined> {
  const name = stringMember(place.value, 'name');
  const location = stringMember(place.value, 'in');
  if (name === undefined || location === undefined) return undefined;
  const schema = (await reach(childPlace(place, 'schema')))?.value;
  const style = stringMember(place.value, 'style');
  const explode = memberOf(place.value, 'explode');
  const allowed = memberOf(schema, 'enum');
  return {
    name,
    in: location,
    required: memberOf(place.value, 'required') === true || location === 'path',
    ...(style !== undefined && { style }),
    ...(typeof explode === 'boolean' && { explode }),
    encoded: memberOf(place.value, 'content') !== undefined,
    ...(Array.isArray(allowed) && { allowed }),
    hasDefault: memberOf(schema, 'default') !== undefined,
  };
}

async function readBody(
  library: Library,
  place: Place | undefined,
  problems: Diagnostic[],
): Promise<OperationBody | undefined> {
  if (place === undefined) return undefined;
  const contents: { mediaType: string; schema?: ObjectSchema }[] = [];
  const content = childPlace(place, 'content');
  for (const mediaType of content && isRecord(content.value) ? Object.keys(content.value) : []) {
    const media = content && childPlace(content, mediaType);
    const schemaPlace = media && childPlace(media, 'schema');
    const result = schemaPlace && (await readObjectSchema(library, schemaPlace));
    problems.push(...(result?.problems ?? []));
    contents.push({ mediaType, ...(result && { schema: result.schema }) });
  }
  return { required: memberOf(place.value, 'required') === true, contents };
}
