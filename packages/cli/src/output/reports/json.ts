import { version } from '../../version.ts';
import type { RunRecord } from './run-record.ts';

/** The record as it is, as one JSON object. */
export function formatJson(record: RunRecord): string {
  return `${JSON.stringify({ gatewright: version, ...record }, undefined, 2)}\n`;
}
