import { createHttpTransport } from '@gatewright/arazzo';
import { readHealth } from '../compose/gateway-health.ts';
import type { InputOptions } from '../compose/inputs.ts';
import { catchInterruption } from '../compose/interruption.ts';
import { planRun, runPlan } from '../compose/workflow-run.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Output } from '../output/output.ts';

export interface RunOptions extends InputOptions {
  readonly gateway?: string;
  readonly server: readonly string[];
  readonly aws: boolean;
  readonly strict: boolean;
}

/** `gatewright run`: plans the workflows, then sends their requests one after the other. */
export async function run(
  output: Output,
  document: string,
  workflowId: string | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  const interruption = catchInterruption();
  try {
    const { plan } = await planRun(output, { ...options, document, workflowIds: workflowId ? [workflowId] : [] });
    const outcome = await runPlan(output, plan, { transport: createHttpTransport(), signal: interruption.signal });
    if (outcome.exitCode === exitCode.done && options.gateway !== undefined)
      await hintAtDeployment(output, options.gateway);
    return outcome.exitCode;
  } finally {
    interruption.release();
  }
}

/** What was built cannot be connected to before it is deployed, where drafts are not served: AWS's rule. */
async function hintAtDeployment(output: Output, gateway: string): Promise<void> {
  if ((await readHealth(gateway))?.draft !== false) return;
  output.line();
  output.line(
    `${gateway} serves deployed stages alone: clients can connect once a deployment and a stage are created.`,
  );
}
