import {
  createHttpTransport,
  createMockTransport,
  type Plan,
  preview,
  type RunState,
  type Translation,
} from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import type { AccessOptions } from '../compose/access.ts';
import { readHealth } from '../compose/gateway/health.ts';
import type { InputOptions } from '../compose/inputs.ts';
import { catchInterruption } from '../compose/interruption.ts';
import { journalRun, readRequest, resumeRun } from '../compose/journal/resumption.ts';
import type { Journal } from '../compose/journal/run-journal.ts';
import { type NetworkOptions, readNetwork } from '../compose/network.ts';
import { openReports } from '../compose/reports.ts';
import { type PlanRequest, planRun, runPlan } from '../compose/workflow-run.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Output } from '../output/output.ts';
import { showPreview } from '../output/preview.ts';

export interface RunOptions extends InputOptions, AccessOptions, NetworkOptions {
  readonly gateway?: string;
  readonly server: readonly string[];
  readonly serverVar?: readonly string[];
  readonly aws: boolean;
  readonly strict: boolean;
  /** A folder in which sources are looked for that are not where the document says. */
  readonly base?: string;
  /** Show the requests instead of sending them. */
  readonly dryRun: boolean;
  /** Make the answers up from what the API declares, and send nothing. */
  readonly mock: boolean;
  /** Texts of the form `format=file`. */
  readonly report: readonly string[];
  /** The id of a run to go on with, which knows its document, workflows, servers and inputs. */
  readonly resume?: string;
  /** Send a request again of which it is not known what came of it. */
  readonly retryUnknown: boolean;
  /** How many steps may be tried, retries included. */
  readonly maxSteps: number;
}

/** `gatewright run`: plans the workflows, then sends their requests one after the other. */
export async function run(
  output: Output,
  document: string | undefined,
  workflowId: string | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  const request = readPlanRequest(document, workflowId, options);
  const { plan, translation } = await planRun(output, request);
  const network = await readNetwork(options, process.env);
  if (options.dryRun) return showRequests(output, plan, translation);
  const reports = await openReports(options.report, plan);
  const { journal, resumeFrom } = openJournal(output, plan, request, options);
  // Until here a signal ends the process at once: there is nothing to tell of or to clean up.
  const interruption = catchInterruption();
  try {
    const outcome = await runPlan(output, plan, {
      transport: options.mock ? createMockTransport(plan) : createHttpTransport(network),
      isMock: options.mock,
      ...(translation && { translation }),
      signal: interruption.signal,
      stepBudget: options.maxSteps,
      onEvent(event) {
        journal?.observe(event);
        reports.observe?.(output.masker.maskValue(event));
      },
      ...(resumeFrom && { resumeFrom }),
    });
    if (outcome.exitCode === exitCode.done && request.gateway !== undefined) {
      await hintAtDeployment(output, request.gateway);
    }
    return outcome.exitCode;
  } finally {
    interruption.release();
    try {
      if (journal?.close().isResumable) showResumption(output, journal.id);
    } finally {
      await reports.write(output.masker);
    }
  }
}

function readPlanRequest(
  document: string | undefined,
  workflowId: string | undefined,
  options: RunOptions,
): PlanRequest {
  const sendsNothing = options.dryRun || options.mock;
  if (options.resume !== undefined) {
    if (document === undefined) return readRequest(options.resume, options);
    throw new CommandError(exitCode.badInput, 'With --resume, the run knows its document: give the id alone.');
  }
  if (options.retryUnknown) {
    throw new CommandError(exitCode.badInput, '--retry-unknown is about a run to go on with: give --resume ID too.');
  }
  if (document === undefined) {
    throw new CommandError(exitCode.badInput, 'Name the Arazzo document to run: gatewright run DOCUMENT.');
  }
  return { ...options, aws: options.aws || sendsNothing, document, workflowIds: workflowId ? [workflowId] : [] };
}

/** Mocks create nothing, so nothing of them is kept. */
function openJournal(
  output: Output,
  plan: Plan,
  request: PlanRequest,
  options: RunOptions,
): { readonly journal?: Journal; readonly resumeFrom?: RunState } {
  if (options.resume !== undefined) return resumeRun(options.resume, plan, options);
  const journal = options.mock ? undefined : journalRun(output, plan, request);
  return journal ? { journal } : {};
}

function showResumption(output: Output, id: string): void {
  output.line();
  output.line(`To go on from there: gatewright run --resume ${id}`);
}

function showRequests(output: Output, plan: Plan, translation: Translation | undefined): ExitCode {
  const onSecrets = output.masker.conceal;
  const requests = preview(plan, { onSecrets, ...(translation && { translation }) });
  showPreview(output, requests);
  return requests.some(({ kind }) => kind === 'refused-request') ? exitCode.failed : exitCode.done;
}

/** What was built cannot be connected to before it is deployed, where drafts are not served: AWS's rule. */
async function hintAtDeployment(output: Output, gateway: string): Promise<void> {
  if ((await readHealth(gateway))?.draft !== false) return;
  output.line();
  output.line(
    `${gateway} serves deployed stages alone: clients can connect once a deployment and a stage are created.`,
  );
}
