import {
  type Diagnostic,
  findSecretInputs,
  type Plan,
  plan,
  type RunEvent,
  type RunState,
  run,
  type StepFailureCode,
  type Translation,
  type Transport,
} from '@gatewright/arazzo';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { showDiagnostics, showUrl } from '../output/diagnostics.ts';
import { listenLater } from '../output/listen-later.ts';
import type { Output } from '../output/output.ts';
import { createRunView } from '../output/run-events.ts';
import { type AccessOptions, readAccess, refuseUnsigned } from './access.ts';
import { type OpenOptions, openDocument, refuse } from './document.ts';
import { type InputOptions, readInputs } from './inputs.ts';
import { chooseServers, readServerVariables, refuseAws, refusePointlessAws, type ServerOptions } from './servers.ts';

export interface PlanRequest extends InputOptions, ServerOptions, AccessOptions, OpenOptions {
  readonly document: string;
  /** Empty means all, in the document's order. */
  readonly workflowIds: readonly string[];
  readonly strict: boolean;
  /** Whether requests may go to AWS itself. */
  readonly aws: boolean;
  /** The requests are only shown. */
  readonly dryRun?: boolean;
}

export interface PlannedRun {
  readonly plan: Plan;
  /** What the document is called, independent of the folder it lies in. */
  readonly identity: string;
  /** For servers that do not spell things as their descriptions do. */
  readonly translation?: Translation;
}

/** @throws CommandError when anything is unresolved, after showing all of it: then nothing has been sent. */
export async function planRun(output: Output, request: PlanRequest): Promise<PlannedRun> {
  const document = await openDocument(output, request.document, request);
  const workflowIds = request.workflowIds.length > 0 ? request.workflowIds : undefined;
  const { inputs, texts, diagnostics } = await readInputs(document, workflowIds, request);
  for (const given of [inputs, texts]) output.masker.conceal(findSecretInputs(document, given));
  if (diagnostics.length > 0) throw refuse(output, diagnostics, 'The inputs cannot be used');
  const servers = await chooseServers(document, request);
  const access = await readAccess(output, document, request, servers);
  const planned = await plan(document, {
    inputs,
    servers,
    serverVariables: { ...access.serverVariables, ...readServerVariables(request) },
    ...access.credentials,
    ...(workflowIds && { workflowIds }),
    strict: request.strict,
  });
  if (planned.kind === 'refused') {
    const refusal = refuse(output, planned.diagnostics, `${showUrl(document.url)} cannot be run as it is`);
    if (planned.diagnostics.some(({ code }) => code === 'missing-server')) {
      output.problem(
        '  Servers are given with --server SOURCE=URL, and variables of theirs with --server-var NAME=VALUE.',
      );
    }
    throw refusal;
  }
  refuseAws(planned.plan.targets, { aws: request.aws, servers });
  const warnings = planned.warnings.filter((warning) => !(request.mock && isAboutCredentials(warning)));
  showDiagnostics(output, warnings);
  if (request.aws && !request.mock && !request.dryRun) {
    await refusePointlessAws(document, planned.plan.targets);
    refuseUnsigned(planned.plan.targets, warnings, access);
  }
  if (warnings.some(isAboutCredentials)) {
    output.problem('  Credentials are given with --credential, --credentials or GATEWRIGHT_CREDENTIAL_<SCHEME>.');
  }
  return {
    plan: planned.plan,
    identity: `${document.url.split('/').at(-1)}\n${document.title}`,
    ...(access.translation && { translation: access.translation }),
  };
}

function isAboutCredentials({ code }: Diagnostic): boolean {
  return code === 'security-not-applied';
}

export interface RunOutcome {
  readonly exitCode: ExitCode;
  /** Outputs by workflow, of a run that succeeded. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Runs to the end, showing each event. Never rejects for what happens in the run. */
export async function runPlan(
  output: Output,
  planned: Plan,
  options: {
    readonly transport: Transport;
    readonly translation?: Translation;
    readonly signal: AbortSignal;
    readonly onEvent?: (event: RunEvent) => void;
    readonly resumeFrom?: RunState;
    /** How many steps may be tried, retries included. */
    readonly stepBudget?: number;
    /** The transport sends nothing. */
    readonly isMock?: boolean;
  },
): Promise<RunOutcome> {
  const view = listenLater(createRunView(output, options.isMock));
  let outcome: RunOutcome = { exitCode: exitCode.failed, outputs: {} };
  try {
    for await (const event of run(planned, { ...options, onSecrets: output.masker.conceal })) {
      view.tell(event);
      options.onEvent?.(event);
      outcome = concludeFrom(event, outcome);
    }
  } finally {
    view.flush();
    options.transport.close();
  }
  return outcome;
}

/** Failures that are the network's, not the workflow's. */
const unreachable: ReadonlySet<StepFailureCode> = new Set([
  'connection-refused',
  'connection-lost',
  'host-not-found',
  'tls-failed',
  'timed-out',
  'proxy-failed',
]);

function concludeFrom(event: RunEvent, outcome: RunOutcome): RunOutcome {
  switch (event.kind) {
    case 'run-succeeded':
      return { exitCode: exitCode.done, outputs: event.outputs };
    case 'run-interrupted':
      return { exitCode: exitCode.interrupted, outputs: {} };
    case 'step-failed': {
      const codes = event.reasons.map(({ code }) => code);
      // The reason is that of a step in the called workflow.
      if (codes.includes('workflow-failed')) return outcome;
      const isUnreachable = codes.some((code) => unreachable.has(code));
      return { exitCode: isUnreachable ? exitCode.environment : exitCode.failed, outputs: {} };
    }
    default:
      return outcome;
  }
}
