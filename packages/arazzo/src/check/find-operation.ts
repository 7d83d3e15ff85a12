import type { AsyncOperation } from '../document/async-api.ts';
import { quote, quoteAll } from '../document/json.ts';
import type { Step } from '../document/model.ts';
import type { OperationSite } from '../document/openapi/operation-index.ts';
import { decodeFragment, parsePointer } from '../document/pointer.ts';
import type { Source } from '../document/sources.ts';
import { findCertain, suggest } from '../document/suggest.ts';
import type { ChannelTarget, LookupNote, StepTarget } from './analysis.ts';

export type Lookup =
  | { readonly kind: 'found'; readonly sourceName: string; readonly site: OperationSite; readonly note?: LookupNote }
  | ChannelTarget
  | Extract<StepTarget, { kind: 'missing' | 'unavailable' }>;

/** Finds what a step names by `operationId`, `operationPath` or `channelPath`. */
export function findOperation(sources: readonly Source[], step: Step): Lookup {
  if (step.operationId !== undefined) return findById(sources, step, step.operationId);
  if (step.operationPath !== undefined) return findByPath(sources, step, 'operationPath', step.operationPath);
  if (step.channelPath !== undefined) return findByPath(sources, step, 'channelPath', step.channelPath);
  return { kind: 'unavailable' };
}

function findById(sources: readonly Source[], step: Step, operationId: string): Lookup {
  const prefix = '$sourceDescriptions.';
  if (!operationId.startsWith(prefix)) return findUnprefixed(sources, step, operationId);
  const rest = operationId.slice(prefix.length);
  // An operationId may hold dots, so only the name of the source is split off.
  const source = sources.find((candidate) => rest.startsWith(`${candidate.description.name}.`));
  if (source === undefined) return unknownSource(sources, step, rest.split('.')[0] ?? '');
  if (source.unusable) return { kind: 'unavailable' };
  const id = rest.slice(source.description.name.length + 1);
  return choose(step, id, matchId(source, step, id), [source]);
}

function findUnprefixed(sources: readonly Source[], step: Step, operationId: string): Lookup {
  const candidates = sources.filter((source) => source.description.type !== 'arazzo');
  const matches = candidates.flatMap((source) => matchId(source, step, operationId));
  if (matches.length === 0) {
    const found = findBehindName(candidates, step, operationId);
    if (found !== undefined) return found;
    if (sources.some((source) => source.unusable)) return { kind: 'unavailable' };
  }
  const lookup = choose(step, operationId, matches, candidates);
  if ((lookup.kind !== 'found' && lookup.kind !== 'channel') || candidates.length < 2) return lookup;
  const correction = `$sourceDescriptions.${matches[0]?.source.description.name ?? ''}.${operationId}`;
  const message = `Step "${step.stepId}" names the operation "${operationId}" without its source; with several sources "${correction}" was expected.`;
  return { ...lookup, note: { code: 'unprefixed-operation', message, section: 'Step Object', correction } };
}

/** Published documents write `<source>.<operationId>`. Where an operationId reads like that, it is the operationId. */
function findBehindName(sources: readonly Source[], step: Step, operationId: string): Lookup | undefined {
  for (const source of sources) {
    const { name } = source.description;
    const id = operationId.startsWith(`${name}.`) ? operationId.slice(name.length + 1) : '';
    const [first, second] = matchId(source, step, id);
    if (first === undefined || second !== undefined) continue;
    const correction = `$sourceDescriptions.${operationId}`;
    const message = `Step "${step.stepId}" names the source "${name}" by itself; "${correction}" was expected.`;
    return { ...first.lookup, note: { code: 'bare-source-name', message, section: 'Step Object', correction } };
  }
  return undefined;
}

interface Match {
  readonly source: Source;
  readonly lookup: Extract<Lookup, { kind: 'found' | 'channel' }>;
}

function matchId(source: Source, { action }: Step, operationId: string): readonly Match[] {
  const index = indexes.get(source) ?? indexById(source);
  indexes.set(source, index);
  return (index.get(operationId) ?? []).map((described) => toMatch(source, described, action));
}

/** An operation of either kind of description. */
type Described =
  | { readonly kind: 'openapi'; readonly operation: OperationSite }
  | { readonly kind: 'asyncapi'; readonly operation: AsyncOperation };

function describedIn({ openapi, asyncapi }: Source): readonly Described[] {
  return [
    ...(openapi?.sites ?? []).map((operation): Described => ({ kind: 'openapi', operation })),
    ...(asyncapi?.operations ?? []).map((operation): Described => ({ kind: 'asyncapi', operation })),
  ];
}

/** What each source describes, by `operationId`: many steps look into it. */
const indexes = new WeakMap<Source, ReadonlyMap<string, readonly Described[]>>();

function indexById(source: Source): ReadonlyMap<string, readonly Described[]> {
  const index = new Map<string, Described[]>();
  for (const described of describedIn(source)) {
    const { operationId } = described.operation;
    if (operationId === undefined) continue;
    const same = index.get(operationId) ?? [];
    same.push(described);
    index.set(operationId, same);
  }
  return index;
}

function toMatch(source: Source, { kind, operation }: Described, action: Step['action']): Match {
  if (kind === 'openapi') return { source, lookup: { kind: 'found', sourceName: source.name, site: operation } };
  const { channel, operationId, action: usual } = operation;
  const named = operationId === undefined ? {} : { operationId };
  const { address } = channel;
  const lookup = { kind: 'channel', sourceName: source.name, address, action: action ?? usual, ...named } as const;
  return { source, lookup };
}

function choose(step: Step, operationId: string, matches: readonly Match[], searched: readonly Source[]): Lookup {
  const [first, second] = matches;
  if (first !== undefined && second === undefined) return first.lookup;
  if (first !== undefined) {
    const names = quoteAll(new Set(matches.map((match) => match.source.description.name)));
    const message = `Step "${step.stepId}" names the operation "${operationId}", which is defined ${matches.length} times, in ${names}; exactly one was expected.`;
    return { kind: 'missing', code: 'ambiguous-operation', message };
  }
  const known = searched.flatMap(({ openapi, asyncapi }) =>
    [...(openapi?.sites ?? []), ...(asyncapi?.operations ?? [])].flatMap((operation) => operation.operationId ?? []),
  );
  const names = quoteAll(searched.map((source) => source.description.name));
  const lack =
    searched.length === 0 ? 'no source defines' : `${names} ${searched.length === 1 ? 'does' : 'do'} not define`;
  const message = `Step "${step.stepId}" names the operation "${operationId}", which ${lack}.${suggest(operationId, known)}`;
  const certain = findCertain(operationId, known);
  const isById = certain !== undefined && step.operationId?.endsWith(operationId) === true;
  const prefix = step.operationId?.slice(0, -operationId.length) ?? '';
  return { kind: 'missing', code: 'unknown-operation', message, ...(isById && { correction: `${prefix}${certain}` }) };
}

type PathField = 'operationPath' | 'channelPath';

function findByPath(sources: readonly Source[], step: Step, field: PathField, path: string): Lookup {
  const match =
    /^(?:\{\$sourceDescriptions\.(.+?)\.url\}|\$sourceDescriptions\.(.+?)\.url|([A-Za-z0-9_-]+))#(.*)$/s.exec(path);
  if (match === null) return findIdInPath(sources, step, field, path);
  const name = match[1] ?? match[2] ?? match[3] ?? '';
  const source = sources.find((candidate) => candidate.description.name === name);
  if (source === undefined) return unknownSource(sources, step, name);
  if (source.unusable) return { kind: 'unavailable' };
  const found = findAtPointer(source, step, field, match[4] ?? '');
  if (found === undefined) return nothingAt(source, step, field, match[4] ?? '');
  if (match[3] === undefined) return found;
  const message = `Step "${step.stepId}" names the source "${name}" by itself; "{$sourceDescriptions.${name}.url}" was expected.`;
  const correction = `{$sourceDescriptions.${name}.url}${path.slice(name.length)}`;
  return { ...found, note: { code: 'bare-source-name', message, section: 'Step Object', correction } };
}

function nothingAt(source: Source, step: Step, field: PathField, pointer: string): Lookup {
  const [what, places] =
    field === 'channelPath' ? ['channel', source.asyncapi?.channels] : ['operation', source.openapi?.sites];
  const nearest = suggestPointer(
    pointer,
    (places ?? []).map((place) => place.pointer),
  );
  const message = `Step "${step.stepId}" names the ${what} at "${pointer}", where the source "${source.description.name}" has none.${nearest}`;
  return { kind: 'missing', code: 'unknown-operation', message };
}

function findAtPointer(source: Source, step: Step, field: PathField, text: string): Match['lookup'] | undefined {
  const pointer = canonicalPointer(text);
  const isThere = (candidate: { readonly pointer: string }) => canonicalPointer(candidate.pointer) === pointer;
  if (field === 'operationPath') {
    const described = describedIn(source).find(({ operation }) => isThere(operation));
    return described && toMatch(source, described, step.action).lookup;
  }
  const channel = source.asyncapi?.channels.find(isThere);
  if (channel === undefined) return undefined;
  const doing = step.action === undefined ? {} : { action: step.action };
  return { kind: 'channel', sourceName: source.name, address: channel.address, ...doing };
}

/** The examples of Arazzo 1.1.0 have what belongs into `operationId` in `operationPath`. */
function findIdInPath(sources: readonly Source[], step: Step, field: PathField, path: string): Lookup {
  if (field === 'operationPath' && path.startsWith('$sourceDescriptions.') && !path.includes('#')) {
    const lookup = findById(sources, step, path);
    if (lookup.kind !== 'found' && lookup.kind !== 'channel') return lookup;
    const message = `Step "${step.stepId}" names an operation by its id in "operationPath"; "operationId" was expected.`;
    return { ...lookup, note: { code: 'operation-id-in-path', message, section: 'Step Object' } };
  }
  const message = `Step "${step.stepId}" has the ${field} ${quote(path)}; "{$sourceDescriptions.<name>.url}#<JSON Pointer>" was expected.`;
  return { kind: 'missing', code: 'invalid-expression', message };
}

/** The place that is written alike but for the escape of its slashes and the case of its method, else one nearby. */
function suggestPointer(text: string, known: readonly string[]): string {
  const fold = (pointer: string): string =>
    decodeFragment(pointer)
      .replaceAll('~1', '/')
      .replaceAll(/\/{2,}/g, '/')
      .toLowerCase();
  const alike = known.find((pointer) => fold(pointer) === fold(text));
  return alike === undefined ? suggest(text, known) : ` Did you mean "${decodeFragment(alike)}"?`;
}

/** Pointers are compared by their tokens, percent-encoding undone, since authors encode the braces of a path or not. */
function canonicalPointer(pointer: string): string {
  return JSON.stringify(parsePointer(decodeFragment(pointer)) ?? null);
}

function unknownSource(sources: readonly Source[], step: Step, name: string): Lookup {
  const known = sources.map((source) => source.description.name);
  const message = `Step "${step.stepId}" names the source "${name}"; the sources are ${quoteAll(known)}.${suggest(name, known)}`;
  return { kind: 'missing', code: 'unknown-source', message };
}
