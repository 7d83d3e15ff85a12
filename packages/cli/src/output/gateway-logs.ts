import { formatExecutionLogEntry, type LogView } from '../compose/gateway/logs.ts';
import type { Output } from './output.ts';

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
