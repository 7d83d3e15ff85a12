import { quote, quoteAll } from '../document/json.ts';
import type { Step } from '../document/model.ts';
import type { OperationSite } from '../document/openapi/operation-index.ts';
import { decodeFragment, parsePointer } from '../document/pointer.ts';
import type { Source } from '../document/sources.ts';
import { suggest } from '../document/suggest.ts';
import type { LookupNote, StepTarget } from './analysis.ts';

export type Lookup =
  | { readonly kind: 'found'; readonly sourceName: string; readonly site: OperationSite; readonly note?: LookupNote }
  | Extract<StepTarget, { kind: 'missing' | 'unavailable' | 'channel' }>;

/** Finds the operation that a step names by `operationId` or `operationPath`. */
export function findOperation(sources: readonly Source[], step: Step): Lookup {
  if (step.operationId !== undefined) return findById(sources, step.stepId, step.operationId);
  if (step.operationPath !== undefined) return findByPath(sources, step.stepId, step.operationPath);
  return { kind: 'unavailable' };
}

function findById(sources: readonly Source[], stepId: string, operationId: string): Lookup {
  const prefix = '$sourceDescriptions.';
  if (!operationId.startsWith(prefix)) return findUnprefixed(sources, stepId, operationId);
  const rest = operationId.slice(prefix.length);
  // An operationId may hold dots, so only the name of the source is split off.
  const source = sources.find((candidate) => rest.startsWith(`${candidate.description.name}.`));
  if (source === undefined) return unknownSource(sources, stepId, rest.split('.')[0] ?? '');
  const id = rest.slice(source.description.name.length + 1);
  if (source.asyncOperations?.has(id)) return { kind: 'channel' };
  if (source.openapi === undefined) return { kind: 'unavailable' };
  const matches = source.openapi.sites.filter((site) => site.operationId === id);
  return choose(
    stepId,
    id,
    matches.map((site) => ({ source, site })),
    [source],
  );
}

function findUnprefixed(sources: readonly Source[], stepId: string, operationId: string): Lookup {
  const matches = sources.flatMap((source) =>
    (source.openapi?.sites ?? []).filter((site) => site.operationId === operationId).map((site) => ({ source, site })),
  );
  if (matches.length === 0) {
    if (sources.some((source) => source.asyncOperations?.has(operationId))) return { kind: 'channel' };
    if (sources.some((source) => source.unusable)) return { kind: 'unavailable' };
  }
  const lookup = choose(stepId, operationId, matches, sources);
  const candidates = sources.filter((source) => source.description.type !== 'arazzo');
  if (lookup.kind !== 'found' || candidates.length < 2) return lookup;
  const name = matches[0]?.source.description.name ?? '';
  const message = `Step "${stepId}" names the operation "${operationId}" without its source; with several sources Arazzo 1.0.1 §Step Object asks for "$sourceDescriptions.${name}.${operationId}".`;
  const correction = `$sourceDescriptions.${name}.${operationId}`;
  return { ...lookup, note: { code: 'unprefixed-operation', message, correction } };
}

interface Match {
  readonly source: Source;
  readonly site: OperationSite;
}

function choose(stepId: string, operationId: string, matches: readonly Match[], searched: readonly Source[]): Lookup {
  const [first, second] = matches;
  if (first !== undefined && second === undefined) {
    return { kind: 'found', sourceName: first.source.name, site: first.site };
  }
  if (first !== undefined) {
    const names = quoteAll(new Set(matches.map((match) => match.source.description.name)));
    const message = `Step "${stepId}" names the operation "${operationId}", which is defined ${matches.length} times, in ${names}; exactly one was expected.`;
    return { kind: 'missing', code: 'ambiguous-operation', message };
  }
  const known = searched.flatMap((source) => (source.openapi?.sites ?? []).flatMap((site) => site.operationId ?? []));
  const where = quoteAll(searched.map((source) => source.description.name));
  const message = `Step "${stepId}" names the operation "${operationId}", which ${where} does not define.${suggest(operationId, known)}`;
  return { kind: 'missing', code: 'unknown-operation', message };
}

function findByPath(sources: readonly Source[], stepId: string, operationPath: string): Lookup {
  const match =
    /^(?:\{\$sourceDescriptions\.(.+?)\.url\}|\$sourceDescriptions\.(.+?)\.url|([A-Za-z0-9_-]+))#(.*)$/s.exec(
      operationPath,
    );
  if (match === null) {
    const message = `Step "${stepId}" has the operationPath ${quote(operationPath)}; "{$sourceDescriptions.<name>.url}#<JSON Pointer>" was expected.`;
    return { kind: 'missing', code: 'invalid-expression', message };
  }
  const name = match[1] ?? match[2] ?? match[3] ?? '';
  const source = sources.find((candidate) => candidate.description.name === name);
  if (source === undefined) return unknownSource(sources, stepId, name);
  if (source.asyncOperations !== undefined) return { kind: 'channel' };
  if (source.openapi === undefined) return { kind: 'unavailable' };
  const pointer = canonicalPointer(match[4] ?? '');
  const site = source.openapi.sites.find((candidate) => canonicalPointer(candidate.pointer) === pointer);
  if (site === undefined) {
    const message = `Step "${stepId}" names the operation at "${match[4]}", where the source "${name}" has none.`;
    return { kind: 'missing', code: 'unknown-operation', message };
  }
  const found = { kind: 'found', sourceName: source.name, site } as const;
  if (match[3] === undefined) return found;
  const message = `Step "${stepId}" names the source "${name}" without "{$sourceDescriptions.${name}.url}", which Arazzo 1.0.1 §Step Object asks for.`;
  const correction = `{$sourceDescriptions.${name}.url}${operationPath.slice(name.length)}`;
  return { ...found, note: { code: 'bare-source-name', message, correction } };
}

/** Pointers are compared by their tokens, percent-encoding undone, since authors encode the braces of a path or not. */
function canonicalPointer(pointer: string): string {
  return JSON.stringify(parsePointer(decodeFragment(pointer)) ?? null);
}

function unknownSource(sources: readonly Source[], stepId: string, name: string): Lookup {
  const known = sources.map((source) => source.description.name);
  const message = `Step "${stepId}" names the source "${name}"; the sources are ${quoteAll(known)}.${suggest(name, known)}`;
  return { kind: 'missing', code: 'unknown-source', message };
}
