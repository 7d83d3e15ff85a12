import type { AccessLogEntry, ExecutionLogEntry } from '@gatewright/gateway';
import type { Output } from './output.ts';

/** Shows logs that go to `stdout`. */
export interface LogView {
  accessLog(entry: AccessLogEntry): void;
  executionLog(entry: ExecutionLogEntry): void;
}

/** Shows the logs of stages as they are, and as records in JSON mode. */
export function createLogView(output: Output): LogView {
  return {
    accessLog(entry) {
      output.record({ kind: 'access-log', ...entry });
      output.line(entry.line);
    },
    executionLog(entry) {
      output.record({ kind: 'execution-log', ...entry });
      output.line(formatExecutionLogEntry(entry));
    },
  };
}

/** The entry as a line: when, which log group, what. */
export function formatExecutionLogEntry({ time, logGroup, text }: ExecutionLogEntry): string {
  return `${new Date(time).toISOString()} ${logGroup} ${text}`;
}
