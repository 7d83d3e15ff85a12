import { createHttpTransport } from '@gatewright/arazzo';
import type { InputOptions } from '../compose/inputs.ts';
import { catchInterruption } from '../compose/interruption.ts';
import { planRun, runPlan } from '../compose/workflow-run.ts';
import type { ExitCode } from '../exit-code.ts';
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
    return outcome.exitCode;
  } finally {
    interruption.release();
  }
}
