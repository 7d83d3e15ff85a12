import { createHttpTransport } from '@gatewright/arazzo';
import type { Clock } from '@gatewright/gateway';
import type { AccessOptions } from '../compose/access.ts';
import { type AwsEndpointOptions, readAwsEndpoints } from '../compose/aws/endpoints.ts';
import { withStableApiIds } from '../compose/aws/stable-api-ids.ts';
import type { CertificateOptions } from '../compose/gateway/certificate.ts';
import { type AccountOptions, type LocalGateway, startLocalGateway } from '../compose/gateway/local-gateway.ts';
import type { LogOptions } from '../compose/gateway/logs.ts';
import type { InputOptions } from '../compose/inputs.ts';
import { catchInterruption, interrupted } from '../compose/interruption.ts';
import { type NetworkOptions, readNetwork } from '../compose/network.ts';
import { planRun, type RunOutcome, runPlan } from '../compose/workflow-run.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { createGatewayView } from '../output/gateway-events.ts';
import { createLogView } from '../output/gateway-logs.ts';
import { showNextSteps, showServing } from '../output/next-steps.ts';
import type { Output } from '../output/output.ts';
import { flattenOutputs } from '../output/outputs.ts';

export interface UpOptions
  extends InputOptions,
    AccessOptions,
    NetworkOptions,
    CertificateOptions,
    AccountOptions,
    AwsEndpointOptions,
    LogOptions {
  readonly server: readonly string[];
  readonly serverVar?: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly store: string;
  readonly strict: boolean;
  /** A folder in which sources are looked for that are not where the document says. */
  readonly base?: string;
  readonly insecureBind: boolean;
  /** How many steps may be tried, retries included. */
  readonly maxSteps?: number;
  /** Default: the system's time. */
  readonly clock?: Clock;
}

/** A gateway that serves what a document's workflows built. */
export interface Up {
  readonly gateway: string;
  /** Outputs by workflow. */
  readonly outputs: RunOutcome['outputs'];
  close(): Promise<void>;
}

/** `gatewright up`: starts a gateway, runs the workflows against it, and serves what they built until it is told to stop. */
export async function up(
  output: Output,
  document: string | undefined,
  workflowIds: readonly string[],
  options: UpOptions,
): Promise<ExitCode> {
  const interruption = catchInterruption();
  try {
    const started = await bringUp(output, document, workflowIds, options, interruption.signal);
    if (typeof started === 'number') return started;
    const flat = flattenOutputs(started.outputs);
    output.record({ kind: 'ready', gateway: started.gateway, outputs: flat, workflows: started.outputs });
    const endpoint = flat.apiEndpoint;
    showNextSteps(output, {
      gateway: started.gateway,
      region: options.region,
      ...(typeof endpoint === 'string' && { apiEndpoint: endpoint }),
    });
    await interrupted(interruption.signal);
    await started.close();
    return exitCode.done;
  } finally {
    interruption.release();
  }
}

/** Returns what is up, or the exit code of the run that failed: then the gateway is closed again. */
export async function bringUp(
  output: Output,
  document: string | undefined,
  workflowIds: readonly string[],
  options: UpOptions,
  signal: AbortSignal,
): Promise<Up | ExitCode> {
  const gateway = await startLocalGateway({
    ...options,
    draft: true,
    allowChosenApiIds: true,
    allowReset: true,
    aws: await readAwsEndpoints(options, process.env, output.masker),
    logView: createLogView(output),
    onEvent: createGatewayView(output),
  });
  try {
    showServing(output, { gateway: gateway.url, store: options.store, draft: true });
    const outcome =
      document === undefined ? nothingToRun : await build(output, gateway, document, workflowIds, options, signal);
    if (outcome.exitCode === exitCode.done) {
      return { gateway: gateway.url, outputs: outcome.outputs, close: () => gateway.close() };
    }
    await gateway.close();
    return outcome.exitCode;
  } catch (error) {
    await gateway.close();
    throw error;
  }
}

const nothingToRun: RunOutcome = { exitCode: exitCode.done, outputs: {} };

async function build(
  output: Output,
  gateway: LocalGateway,
  document: string,
  workflowIds: readonly string[],
  options: UpOptions,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const request = { ...options, document, workflowIds, gateway: gateway.url, aws: false, signal };
  const planned = await Promise.race([planRun(output, request), interrupted(signal)]);
  if (!planned) return { exitCode: exitCode.interrupted, outputs: {} };
  const { plan, identity, translation } = planned;
  const budget = options.maxSteps === undefined ? {} : { stepBudget: options.maxSteps };
  const network = createHttpTransport(await readNetwork(options, process.env));
  const transport = withStableApiIds(network, gateway.url, identity);
  return runPlan(output, plan, { transport, ...(translation && { translation }), ...budget, signal });
}
