import type { Diagnostic } from '../../diagnostic.ts';
import { listMember, memberOf, stringMember } from '../json.ts';
import type { BodyContent, Encoding, OperationBody, OperationParameter, RequestDescription } from './operation.ts';
import type { OperationSite } from './operation-index.ts';
import { listParameters, readValues } from './parameters.ts';
import { childPlace, type Place, type Reach } from './reference.ts';
import type { Schema } from './schema.ts';

/** Reads what a request of a Swagger 2.0 operation may hold: there, bodies and form fields are parameters too. */
export async function readSwaggerRequest(
  site: OperationSite,
  reach: Reach,
  problems: Diagnostic[],
): Promise<RequestDescription> {
  const places = await listParameters(site, reach);
  const inPlace = (location: string) => places.filter((place) => stringMember(place.value, 'in') === location);
  const ordinary = places.filter((place) => !['body', 'formData'].includes(stringMember(place.value, 'in') ?? ''));
  const [body] = inPlace('body');
  const fields = inPlace('formData');
  const read = body ? await readBodyParameter(site, body, problems) : await readForm(site, fields, problems);
  return { parameters: ordinary.map(readParameter), ...(read && { body: read }) };
}

function readParameter({ value }: Place): OperationParameter {
  const location = stringMember(value, 'in') ?? '';
  return {
    name: stringMember(value, 'name') ?? '',
    in: location,
    required: memberOf(value, 'required') === true || location === 'path',
    ...readCollectionFormat(value, location),
    ...readValues(value),
  };
}

/** How each `collectionFormat` is written (Swagger 2.0 §Parameter Object), in the words of OpenAPI 3. */
const delimitedStyles: ReadonlyMap<string | undefined, string> = new Map([
  ['ssv', 'spaceDelimited'],
  ['tsv', 'tabDelimited'],
  ['pipes', 'pipeDelimited'],
]);

function readCollectionFormat(value: unknown, location: string): Pick<OperationParameter, 'style' | 'explode'> {
  const format = stringMember(value, 'collectionFormat');
  const style = delimitedStyles.get(format);
  const explode = format === 'multi' && (location === 'query' || location === 'formData');
  return { ...(style !== undefined && { style }), explode };
}

function mediaTypes(site: OperationSite): readonly string[] {
  const own = memberOf(site.operation.value, 'consumes');
  const types = Array.isArray(own) ? own : listMember(site.file.value, 'consumes');
  return types.filter((type): type is string => typeof type === 'string');
}

async function readBodyParameter(site: OperationSite, place: Place, problems: Diagnostic[]): Promise<OperationBody> {
  const schemaPlace = childPlace(place, 'schema');
  const schema = schemaPlace && (await site.description.schemas.read(schemaPlace, problems));
  const types = mediaTypes(site);
  return {
    required: memberOf(place.value, 'required') === true,
    contents: (types.length > 0 ? types : ['application/json']).map((mediaType) => ({
      mediaType,
      ...(schema && { schema }),
      encoding: new Map(),
    })),
  };
}

/** Form fields are the members of one body; a file among them makes it multipart. */
async function readForm(
  site: OperationSite,
  fields: readonly Place[],
  problems: Diagnostic[],
): Promise<OperationBody | undefined> {
  if (fields.length === 0) return undefined;
  const properties = new Map<string, Schema>();
  const encoding = new Map<string, Encoding>();
  const required = new Set<string>();
  for (const field of fields) {
    const name = stringMember(field.value, 'name') ?? '';
    const schema = await site.description.schemas.read(field, problems);
    // The type `file` is of Swagger 2.0 alone.
    const isFile = schema.types.includes('file');
    properties.set(name, { ...schema, required: new Set(), ...(isFile && { types: ['string'], format: 'binary' }) });
    if (!isFile && schema.types.includes('array')) encoding.set(name, readCollectionFormat(field.value, 'formData'));
    if (memberOf(field.value, 'required') === true) required.add(name);
  }
  const hasFile = fields.some((field) => memberOf(field.value, 'type') === 'file');
  const rest = { alternatives: [], others: 'any', readOnly: false, xml: {} } as const;
  const schema: Schema = { types: ['object'], required, properties, ...rest };
  const wanted = ['application/x-www-form-urlencoded', 'multipart/form-data'];
  const types = mediaTypes(site).filter((type) => wanted.includes(type) && !(hasFile && type === wanted[0]));
  const contents = (types.length > 0 ? types : [hasFile ? 'multipart/form-data' : wanted[0]]).map(
    (mediaType): BodyContent => ({ mediaType: mediaType ?? '', schema, encoding }),
  );
  return { required: required.size > 0, contents };
}
