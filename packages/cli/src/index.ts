import type { Credential } from '@gatewright/arazzo';
import type { Clock } from '@gatewright/gateway';
import { bringUp, type Up, type UpOptions } from './commands/up.ts';
import { defaults } from './defaults.ts';
import { createOutput, createProcessOutput } from './output/output.ts';

export { type Clock, createVirtualClock, type VirtualClock } from '@gatewright/gateway';
export type { Up } from './commands/up.ts';

export interface UpRequest {
  /** An Arazzo document: a path or a URL. Without one, the gateway starts empty. */
  readonly document?: string;
  /** The workflows to run. Default: all, in the document's order. */
  readonly workflows?: readonly string[];
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** For the security schemes of the document's sources: by the scheme's name, or as `source.scheme`. */
  readonly credentials?: Readonly<Record<string, Credential>>;
  /**
   * Where integrations call AWS services: `lambda`, or any other service as integration URIs name it, or `*` for all others →
   * a URL, or `aws` for AWS itself. Default: those of the environment (`AWS_ENDPOINT_URL_LAMBDA`).
   */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** `memory` (the default) or `sqlite:FILE`. */
  readonly store?: string;
  /** The AWS region that the gateway stands for. Default `us-east-1`. */
  readonly region?: string;
  /** The AWS account that the gateway stands for, twelve digits. Default `123456789012`. */
  readonly account?: string;
  /** The time that the gateway goes by. Default: the system's; `createVirtualClock` makes one that a test moves. */
  readonly clock?: Clock;
  /** Where the access logs that stages have configured go: a file, or `stdout`. Default: nowhere. */
  readonly accessLog?: string;
  /** Where the execution logs of stages go: a file, or `stdout`. Default: nowhere. */
  readonly executionLog?: string;
  /** Show on the terminal what `gatewright up` shows. Default false: silent. */
  readonly print?: boolean;
  /** Ends a run that is under way. */
  readonly signal?: AbortSignal;
}

/**
 * Starts a gateway in this process, builds an API with a document's workflows, and serves it until `close` is called.
 *
 * @throws Error when the document, an input, the port or the store is unusable, or when the run fails; its message holds
 * everything that the command line would have shown. Then nothing is left running.
 */
export async function up(request: UpRequest): Promise<Up> {
  const problems: string[] = [];
  let isStarting = true;
  const collect = {
    write(text: string) {
      if (isStarting) problems.push(text);
    },
  };
  const output = request.print
    ? createProcessOutput(false)
    : createOutput({ json: false, stdout: collect, stderr: collect, noColor: true });
  const options = toOptions(request);
  const signal = request.signal ?? new AbortController().signal;
  try {
    const started = await bringUp(output, request.document, request.workflows ?? [], options, signal);
    isStarting = false;
    if (typeof started !== 'number') return started;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error([...problems, output.masker.maskText(message)].join(''), { cause });
  }
  throw new Error(`The workflows did not succeed.\n${problems.join('')}`);
}

function toOptions({ clock, accessLog, executionLog, ...request }: UpRequest): UpOptions {
  return {
    input: [],
    values: request.inputs ?? {},
    credentialValues: request.credentials ?? {},
    server: [],
    endpoint: Object.entries(request.endpoints ?? {}).map(([service, url]) => `${service}=${url}`),
    host: request.host ?? defaults.host,
    port: request.port ?? 0,
    store: request.store ?? defaults.store,
    region: request.region ?? defaults.region,
    account: request.account ?? defaults.account,
    loggingRole: true,
    limits: defaults.limits,
    quota: {},
    strict: false,
    insecureBind: false,
    ...(clock && { clock }),
    ...(accessLog !== undefined && { accessLog }),
    ...(executionLog !== undefined && { executionLog }),
  };
}
