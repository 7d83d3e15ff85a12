import type { GatewayOptions, LogWriter } from '@gatewright/gateway';
import { CommandError } from '../../command-error.ts';
import { exitCode } from '../../exit-code.ts';
import { formatExecutionLogEntry, type LogView } from '../../output/gateway-logs.ts';

/** Where the logs of stages go: `stdout`, or a file that lines are added to. Without one, a log is not written. */
export interface LogOptions {
  readonly accessLog?: string;
  readonly executionLog?: string;
}

export interface GatewayLogs {
  readonly listeners: Pick<GatewayOptions, 'onAccessLog' | 'onExecutionLog'>;
  /** Resolves when every line is written. To be called when the gateway is closed. */
  close(): Promise<void>;
}

/**
 * Opens the logs that were asked for. `onProblem` hears of lines that were lost: a log never holds the gateway up.
 *
 * @throws CommandError when a file cannot be opened.
 */
export async function openGatewayLogs(
  { accessLog, executionLog }: LogOptions,
  view: LogView,
  onProblem: (reason: string) => void,
): Promise<GatewayLogs> {
  const files: LogWriter[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(files.map((file) => file.close()));
  };
  const open = async <Entry>(
    place: string,
    show: (entry: Entry) => void,
    format: (entry: Entry) => string,
  ): Promise<(entry: Entry) => void> => {
    if (place === 'stdout') return show;
    const file = await openFile(place, onProblem);
    files.push(file);
    return (entry) => file.write(format(entry));
  };
  try {
    const onAccessLog = accessLog === undefined ? undefined : await open(accessLog, view.accessLog, ({ line }) => line);
    const onExecutionLog =
      executionLog === undefined ? undefined : await open(executionLog, view.executionLog, formatExecutionLogEntry);
    return { listeners: { ...(onAccessLog && { onAccessLog }), ...(onExecutionLog && { onExecutionLog }) }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openFile(path: string, onProblem: (reason: string) => void): Promise<LogWriter> {
  const { openLogFile } = await import('@gatewright/gateway');
  try {
    return await openLogFile(path, onProblem);
  } catch (cause) {
    const detail = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    const message = `The log "${path}" cannot be written (${detail}): stdout or a file in a folder that exists is expected.`;
    throw new CommandError(exitCode.environment, message, { cause });
  }
}
