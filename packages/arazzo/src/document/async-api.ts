import { isRecord, memberOf, quote, recordMember, stringMember } from './json.ts';

/** Why a value is no AsyncAPI 2.x or 3.x description, or `undefined` when it has the form of one. */
export function whyNotAsyncApi(root: unknown): string | undefined {
  if (!isRecord(root)) return `holds ${quote(root)}`;
  const version = memberOf(root, 'asyncapi');
  if (version === undefined) return 'has no field "asyncapi"';
  if (typeof version !== 'string' || !/^[23]\.\d+\.\d+/.test(version))
    return `has the AsyncAPI version ${quote(version)}`;
  const channels = memberOf(root, 'channels');
  return channels === undefined || isRecord(channels) ? undefined : `has the channels ${quote(channels)}`;
}

/** The names of its operations: the keys of `operations` in AsyncAPI 3, the operationIds of channels in AsyncAPI 2. */
export function listAsyncOperations(root: unknown): ReadonlySet<string> {
  const ids = Object.values(recordMember(root, 'channels')).flatMap((channel) =>
    ['publish', 'subscribe'].flatMap((kind) => stringMember(memberOf(channel, kind), 'operationId') ?? []),
  );
  return new Set([...Object.keys(recordMember(root, 'operations')), ...ids]);
}
