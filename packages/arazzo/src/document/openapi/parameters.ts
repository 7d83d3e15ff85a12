import { isRecord, listMember, memberOf, recordMember, stringMember } from '../json.ts';
import type { OperationParameter } from './operation.ts';
import type { OperationSite } from './operation-index.ts';
import { childPlace, type Place, type Reach } from './reference.ts';

/** The Parameter Objects of an operation; those of the operation override those of its path item with the same name and place. */
export async function listParameters(site: OperationSite, reach: Reach): Promise<readonly Place[]> {
  const places = new Map<string, Place>();
  for (const owner of [...site.pathItem.toReversed(), site.operation]) {
    const list = childPlace(owner, 'parameters');
    for (let index = 0; index < listMember(owner.value, 'parameters').length; index += 1) {
      const place = await reach(list && childPlace(list, index));
      const name = place && stringMember(place.value, 'name');
      const location = place && stringMember(place.value, 'in');
      if (place && name !== undefined && location !== undefined) places.set(`${location} ${name}`, place);
    }
  }
  return [...places.values()];
}

/** Reads the Parameter Objects of an operation (OpenAPI 3.2 §Parameter Object). */
export async function readParameters(site: OperationSite, reach: Reach): Promise<readonly OperationParameter[]> {
  const parameters: OperationParameter[] = [];
  for (const place of await listParameters(site, reach)) {
    const parameter = await readParameter(place, reach);
    if (!isIgnored(parameter)) parameters.push(parameter);
  }
  return parameters;
}

/** Descriptions of these headers count for nothing: media types and security say what they hold. */
function isIgnored(parameter: OperationParameter): boolean {
  return (
    parameter.in === 'header' && ['accept', 'content-type', 'authorization'].includes(parameter.name.toLowerCase())
  );
}

async function readParameter(place: Place, reach: Reach): Promise<OperationParameter> {
  const schema = (await reach(childPlace(place, 'schema')))?.value;
  const location = stringMember(place.value, 'in') ?? '';
  const content = memberOf(place.value, 'content');
  const mediaType = isRecord(content) ? Object.keys(recordMember(place.value, 'content'))[0] : undefined;
  return {
    name: stringMember(place.value, 'name') ?? '',
    in: location,
    required: memberOf(place.value, 'required') === true || location === 'path',
    ...readExpansion(place.value),
    ...(mediaType !== undefined && { mediaType }),
    ...readValues(schema),
  };
}

/** How a value is expanded, as far as the description says. */
export function readExpansion(value: unknown): Pick<OperationParameter, 'style' | 'explode' | 'allowReserved'> {
  const style = stringMember(value, 'style');
  const explode = memberOf(value, 'explode');
  const allowReserved = memberOf(value, 'allowReserved');
  return {
    ...(style !== undefined && { style }),
    ...(typeof explode === 'boolean' && { explode }),
    ...(typeof allowReserved === 'boolean' && { allowReserved }),
  };
}

const scalarTypes = ['integer', 'number', 'boolean'] as const;

/** The values that a schema, or a Swagger 2.0 parameter, lists, and their type where text must spell one. */
export function readValues(schema: unknown): Pick<OperationParameter, 'allowed' | 'type'> {
  const constant = memberOf(schema, 'const');
  const allowed = memberOf(schema, 'enum') ?? (constant === undefined ? undefined : [constant]);
  const stated = memberOf(schema, 'nullable') === true ? undefined : memberOf(schema, 'type');
  const type = scalarTypes.find((candidate) => candidate === stated);
  return { ...(Array.isArray(allowed) && { allowed }), ...(type !== undefined && { type }) };
}
