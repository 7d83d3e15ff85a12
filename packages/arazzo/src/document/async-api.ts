import { isRecord, memberOf, quote, recordMember, stringMember } from './json.ts';
import { childPointer, parsePointer, resolvePointer } from './pointer.ts';

/** What steps can name of an AsyncAPI 2.x or 3.x description. */
export interface AsyncDescription {
  readonly channels: readonly AsyncChannel[];
  readonly operations: readonly AsyncOperation[];
}

interface AsyncChannel {
  /** JSON Pointer in the description. */
  readonly pointer: string;
  /** Where messages go; its name in the description where that leaves the address open. */
  readonly address: string;
}

export interface AsyncOperation {
  readonly pointer: string;
  /** The key of an operation in AsyncAPI 3; in AsyncAPI 2, where not every operation has one, its operationId. */
  readonly operationId?: string;
  readonly channel: AsyncChannel;
  /** What whoever calls the described application does: the opposite of what the application does. */
  readonly action: ChannelAction;
}

export type ChannelAction = 'send' | 'receive';

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

/** Lists the channels and operations of an AsyncAPI description; what refers into other files is read as far as it is here. */
export function readAsyncApi(root: unknown): AsyncDescription {
  const entries = Object.entries(recordMember(root, 'channels')).map(([name, written]) => {
    const value = dereference(root, written);
    const address = stringMember(value, 'address') ?? name;
    return { value, channel: { pointer: childPointer('/channels', name), address } };
  });
  const channels = entries.map(({ channel }) => channel);
  // AsyncAPI 2 §Operation Object: who calls an application publishes what "publish" describes.
  const older = entries.flatMap(({ value, channel }) => [
    ...readOperation2(memberOf(value, 'publish'), 'publish', channel),
    ...readOperation2(memberOf(value, 'subscribe'), 'subscribe', channel),
  ]);
  const newer = Object.entries(recordMember(root, 'operations')).map(([name, written]) =>
    readOperation3(dereference(root, written), name, channels),
  );
  return { channels, operations: [...newer, ...older] };
}

/** AsyncAPI 3 §Operation Object: the action is that of the described application. */
function readOperation3(value: unknown, name: string, channels: readonly AsyncChannel[]): AsyncOperation {
  const reference = stringMember(memberOf(value, 'channel'), '$ref') ?? '';
  const channel = channels.find(({ pointer }) => reference === `#${pointer}`) ?? { pointer: '', address: reference };
  const action = stringMember(value, 'action') === 'send' ? 'receive' : 'send';
  return { pointer: childPointer('/operations', name), operationId: name, channel, action };
}

function readOperation2(
  value: unknown,
  kind: 'publish' | 'subscribe',
  channel: AsyncChannel,
): readonly AsyncOperation[] {
  if (!isRecord(value)) return [];
  const operationId = stringMember(value, 'operationId');
  const action = kind === 'publish' ? 'send' : 'receive';
  return [
    { pointer: `${channel.pointer}/${kind}`, ...(operationId !== undefined && { operationId }), channel, action },
  ];
}

/** References that lead on are followed this often, so that circles end. */
const MOST_REFERENCES = 10;

function dereference(root: unknown, value: unknown): unknown {
  let current = value;
  for (let count = 0; count < MOST_REFERENCES; count += 1) {
    const reference = stringMember(current, '$ref');
    if (!reference?.startsWith('#')) return current;
    current = resolvePointer(root, parsePointer(reference.slice(1)) ?? []);
  }
  return undefined;
}
