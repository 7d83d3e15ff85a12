import { createHttpTransport, createMockTransport, type Plan, preview } from '@gatewright/arazzo';
import type { AccessOptions } from '../compose/access.ts';
import { readHealth } from '../compose/gateway-health.ts';
import type { InputOptions } from '../compose/inputs.ts';
import { catchInterruption } from '../compose/interruption.ts';
import { type NetworkOptions, readNetwork } from '../compose/network.ts';
import { openReports } from '../compose/reports.ts';
import { planRun, runPlan } from '../compose/workflow-run.ts';
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
}

/** `gatewright run`: plans the workflows, then sends their requests one after the other. */
export async function run(
  output: Output,
  document: string,
  workflowId: string | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  const aws = options.aws || options.dryRun || options.mock;
  const { plan, translation } = await planRun(output, {
    ...options,
    aws,
    document,
    workflowIds: workflowId ? [workflowId] : [],
  });
  const network = await readNetwork(options, process.env);
  if (options.dryRun) return showRequests(output, plan);
  const reports = await openReports(options.report);
  // Until here a signal ends the process at once: there is nothing to tell of or to clean up.
  const interruption = catchInterruption();
  try {
    const transport = options.mock ? createMockTransport(plan) : createHttpTransport(network);
    const outcome = await runPlan(output, plan, {
      transport,
      ...(translation && { translation }),
      signal: interruption.signal,
      onEvent: (event) => reports.observe(output.masker.maskValue(event)),
    });
    if (outcome.exitCode === exitCode.done && options.gateway !== undefined)
      await hintAtDeployment(output, options.gateway);
    return outcome.exitCode;
  } finally {
    interruption.release();
    await reports.write();
  }
}

function showRequests(output: Output, plan: Plan): ExitCode {
  const requests = preview(plan);
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
