import {
  type Plan,
  type RunProgress,
  type RunState,
  secretInputNames,
  type UnknownStep,
  whyNotResumable,
} from '@gatewright/arazzo';
import { CommandError } from '../../command-error.ts';
import { exitCode } from '../../exit-code.ts';
import type { Output } from '../../output/output.ts';
import { documentUrl } from '../document.ts';
import type { PlanRequest } from '../workflow-run.ts';
import {
  beginJournal,
  continueJournal,
  createRunId,
  isUnderWay,
  type Journal,
  listRunIds,
  type ReadJournal,
  readJournal,
  refuseUnderWay,
  trackRun,
} from './run-journal.ts';
import { createSecretKeeper, type SecretKeeper } from './secrets.ts';

/** The options of a run that a journal keeps; credentials and what belongs to the machine are given again. */
const keptOptions = ['gateway', 'server', 'serverVar', 'strict', 'aws', 'mask'] as const;

/** Begins the journal of a run. Without a place for it the run goes on all the same, and says so. */
export function journalRun(output: Output, plan: Plan, request: PlanRequest): Journal | undefined {
  const secrets = findSecrets(plan, request.mask ?? []);
  const now = new Date();
  const options = keptOptions.flatMap((name) => (request[name] === undefined ? [] : [[name, request[name]] as const]));
  const base = request.base === undefined ? {} : { base: documentUrl(request.base).href };
  try {
    const journal = beginJournal(
      {
        kind: 'journal',
        version: 1,
        id: createRunId(now, Math.random()),
        startedAt: now.toISOString(),
        document: plan.document.url,
        workflowIds: request.workflowIds,
        inputs: Object.fromEntries(Object.entries(plan.inputs).filter(([name]) => !secrets.includes(name))),
        secrets,
        options: { ...Object.fromEntries(options), ...base },
      },
      keeperFor(plan, secrets),
    );
    output.record({ kind: 'journal', run: journal.id });
    return journal;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    output.problem(`This run cannot be gone on with if it fails, since no journal can be kept: ${reason}.`);
    return undefined;
  }
}

/**
 * What the run was asked to do, for it to be planned again.
 *
 * @throws CommandError when there is no such run, or it is under way, or it needs secrets again.
 */
export function readRequest<Given extends Pick<PlanRequest, 'input' | 'inputs' | 'mask'>>(
  id: string,
  given: Given,
): Given & Pick<PlanRequest, 'document' | 'workflowIds' | 'values'> {
  const journal = readJournal(id);
  refuseUnderWay(id, journal);
  const { document, workflowIds, inputs, options, secrets } = journal.head;
  const missing = secrets.filter((name) => !given.input.some((text) => text.startsWith(`${name}=`)));
  if (missing.length > 0 && given.inputs === undefined) {
    const flags = missing.map((name) => `-i ${name}=…`).join(' ');
    throw new CommandError(exitCode.badInput, `Secrets are not kept: give them again with ${flags}. Nothing was sent.`);
  }
  const mask = [options.mask ?? [], given.mask ?? []].flat();
  return { ...given, ...options, mask, document, workflowIds, values: inputs };
}

/** Goes on with a run. @throws CommandError when it cannot, or must not, go on: then nothing was sent. */
export function resumeRun(
  id: string,
  plan: Plan,
  { retryUnknown }: { readonly retryUnknown: boolean },
): { readonly journal: Journal; readonly resumeFrom: RunState } {
  const keeper = keeperFor(plan, readJournal(id).head.secrets);
  const { journal, state } = continueJournal(id, keeper, (events) => {
    const { state, unknown } = trackRun(events, keeper);
    const reason = whyNotResumable(plan, state);
    if (reason !== undefined) throw new CommandError(exitCode.badInput, `${reason} Nothing was sent.`);
    if (unknown !== undefined && !retryUnknown) throw refuseUnknown(unknown);
    return state;
  });
  return { journal, resumeFrom: state };
}

function refuseUnknown({ workflowId, stepId }: UnknownStep): CommandError {
  return new CommandError(
    exitCode.badInput,
    `What came of the request of ${workflowId}/${stepId} is not known: it may have taken effect. Look, ` +
      'and give --retry-unknown to send it again. Nothing was sent.',
  );
}

/** A run that can be gone on with, as it is listed. */
export interface ListedRun {
  readonly id: string;
  readonly startedAt: string;
  readonly progress: RunProgress | 'under-way';
  readonly document: string;
  /** The step that would be next: `workflow/step`. */
  readonly next?: string;
  /** Whether it is not known what came of the request of that step. */
  readonly isUnknown: boolean;
}

/** Newest first; damaged journals are left out. */
export function listRuns(): readonly ListedRun[] {
  return listRunIds()
    .toReversed()
    .flatMap((id) => {
      try {
        return describeRun(id, readJournal(id));
      } catch (error) {
        if (error instanceof CommandError) return [];
        throw error;
      }
    });
}

function describeRun(id: string, journal: ReadJournal): ListedRun {
  const { head, events } = journal;
  const { state, unknown, progress } = trackRun(events);
  const frame = state.frames.at(-1);
  const place = unknown ?? frame;
  return {
    id,
    startedAt: head.startedAt,
    progress: isUnderWay(journal) ? 'under-way' : progress,
    document: head.document,
    ...(place && { next: [place.workflowId, place.stepId ?? []].flat().join('/') }),
    isUnknown: unknown !== undefined,
  };
}

/** The inputs that are not kept: secrets by their schemas, and what is never to be shown. */
function findSecrets(plan: Plan, masked: readonly string[]): readonly string[] {
  const names = secretInputNames(plan);
  const hidden = new Set(masked.map((name) => name.toLowerCase()));
  return Object.keys(plan.inputs).filter((name) => names.has(name) || hidden.has(name.toLowerCase()));
}

function keeperFor({ inputs }: Plan, secrets: readonly string[]): SecretKeeper {
  const given = secrets.filter((name) => Object.hasOwn(inputs, name));
  return createSecretKeeper(Object.fromEntries(given.map((name) => [name, inputs[name]])));
}
