import { type AwsEndpointOptions, readAwsEndpoints } from '../compose/aws/endpoints.ts';
import type { CertificateOptions } from '../compose/gateway/certificate.ts';
import { type AccountOptions, startLocalGateway } from '../compose/gateway/local-gateway.ts';
import type { LogOptions } from '../compose/gateway/logs.ts';
import { catchInterruption, interrupted } from '../compose/interruption.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { createGatewayView } from '../output/gateway-events.ts';
import { createLogView } from '../output/gateway-logs.ts';
import { showNextSteps, showServing } from '../output/next-steps.ts';
import type { Output } from '../output/output.ts';

export interface ServeOptions extends CertificateOptions, AccountOptions, AwsEndpointOptions, LogOptions {
  readonly host: string;
  readonly port: number;
  readonly store: string;
  readonly draft: boolean;
  readonly allowReset: boolean;
  readonly insecureBind: boolean;
}

/** `gatewright serve`: a gateway on a durable store, until it is told to stop. */
export async function serve(output: Output, options: ServeOptions): Promise<ExitCode> {
  const interruption = catchInterruption();
  try {
    const gateway = await startLocalGateway({
      ...options,
      allowChosenApiIds: false,
      aws: await readAwsEndpoints(options, process.env, output.masker),
      logView: createLogView(output),
      onEvent: createGatewayView(output),
    });
    showServing(output, { gateway: gateway.url, store: options.store, draft: options.draft });
    output.record({ kind: 'ready', gateway: gateway.url, outputs: {} });
    showNextSteps(output, { gateway: gateway.url, region: options.region });
    await interrupted(interruption.signal);
    await gateway.close();
    return exitCode.done;
  } finally {
    interruption.release();
  }
}
