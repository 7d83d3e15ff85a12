import type { AwsOptions, Clock, Gateway, GatewayEventListener, GatewayOptions, Store } from '@gatewright/gateway';
import { CommandError } from '../../command-error.ts';
import { exitCode } from '../../exit-code.ts';
import type { LogView } from '../../output/gateway-logs.ts';
import { type CertificateOptions, chooseCertificate } from './certificate.ts';
import { type LogOptions, openGatewayLogs } from './logs.ts';

/** What a gateway says of the AWS account that it stands for, and which limits of it hold. */
export interface AccountOptions {
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  /** Whether stages may write logs. */
  readonly loggingRole: boolean;
  readonly limits: NonNullable<GatewayOptions['limits']>;
  /** Those that differ from AWS's. */
  readonly quota: NonNullable<GatewayOptions['quotas']>;
}

export interface LocalGatewayOptions extends AccountOptions, CertificateOptions, LogOptions {
  readonly host: string;
  readonly port: number;
  /** `memory` or `sqlite:FILE`. */
  readonly store: string;
  readonly draft: boolean;
  /** Lets a workflow that `up` runs choose the ids of the APIs it creates. */
  readonly allowChosenApiIds: boolean;
  /** Lets suites of tests delete everything. */
  readonly allowReset: boolean;
  readonly insecureBind: boolean;
  /** Where integrations call AWS services. */
  readonly aws: AwsOptions;
  /** Shows the logs that go to `stdout`. */
  readonly logView: LogView;
  /** Default: the system's time. */
  readonly clock?: Clock;
  readonly onEvent?: GatewayEventListener;
}

export interface LocalGateway {
  readonly url: string;
  /** Closes connections, then the listener, then the logs and the store. */
  close(): Promise<void>;
}

/**
 * Opens the store and starts a gateway on it.
 *
 * @throws CommandError when the store is in use or unreadable, the port is taken, or the address or an endpoint is refused.
 */
export async function startLocalGateway(options: LocalGatewayOptions): Promise<LocalGateway> {
  const { startGateway } = await import('@gatewright/gateway');
  const certificate = await chooseCertificate(options, options.region);
  const { host, port, draft, allowChosenApiIds, allowReset, insecureBind, aws, clock, onEvent } = options;
  const logs = await openGatewayLogs(options, options.logView, (reason) =>
    onEvent?.({ kind: 'gateway-fault', reason }),
  );
  let store: Store | undefined;
  let gateway: Gateway | undefined;
  const close = async (): Promise<void> => {
    await gateway?.close();
    await logs.close();
    await store?.close();
  };
  try {
    store = await openStore(options.store);
    gateway = await startGateway({
      store,
      host,
      port,
      draft,
      allowChosenApiIds,
      allowReset,
      insecureBind,
      aws,
      certificate,
      region: options.region,
      accountId: options.account,
      hasLoggingRole: options.loggingRole,
      limits: options.limits,
      quotas: options.quota,
      ...logs.listeners,
      ...(clock && { clock }),
      ...(onEvent && { onEvent }),
    });
  } catch (cause) {
    await close();
    throw await explain(cause);
  }
  return { url: gateway.url, close };
}

async function openStore(text: string): Promise<Store> {
  const { createMemoryStore, openSqliteStore } = await import('@gatewright/gateway');
  if (text === 'memory') return createMemoryStore();
  const file = text.startsWith('sqlite:') ? text.slice('sqlite:'.length) : '';
  if (file === '') {
    throw new CommandError(exitCode.badInput, `--store "${text}" is not a store: write memory or sqlite:FILE.`);
  }
  return openSqliteStore(file).catch(async (cause: unknown) => {
    throw await explain(cause);
  });
}

const badInputCodes: ReadonlySet<string> = new Set(['account-invalid', 'certificate-unusable', 'endpoint-invalid']);

/** Errors of the gateway's own closed sets become one line; anything else is a fault and is thrown on. */
async function explain(cause: unknown): Promise<unknown> {
  const { GatewayError, StoreError } = await import('@gatewright/gateway');
  if (cause instanceof StoreError) return new CommandError(exitCode.environment, cause.message, { cause });
  if (!(cause instanceof GatewayError)) return cause;
  if (badInputCodes.has(cause.code)) return new CommandError(exitCode.badInput, cause.message, { cause });
  if (cause.code !== 'address-refused') return new CommandError(exitCode.environment, cause.message, { cause });
  const message = `${cause.message} To listen there all the same, give --insecure-bind.`;
  return new CommandError(exitCode.badInput, message, { cause });
}
