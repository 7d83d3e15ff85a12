import { listRuns } from '../compose/journal/resumption.ts';
import { deleteJournals } from '../compose/journal/run-journal.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { showUrl } from '../output/diagnostics.ts';
import type { Output } from '../output/output.ts';

/** `gatewright runs list`: the runs that did not succeed and had done something, newest first. */
export function listKeptRuns(output: Output): ExitCode {
  const runs = listRuns();
  if (runs.length === 0) output.line('There are no runs to go on with.');
  for (const run of runs) {
    output.record({ kind: 'run', ...run });
    const next = run.next === undefined ? '' : ` at ${run.next}${run.isUnknown ? ' (sent, outcome unknown)' : ''}`;
    output.line(`${run.id}  ${run.progress.padEnd(11)}  ${showUrl(run.document)}${next}`);
  }
  return exitCode.done;
}

/**
 * `gatewright runs delete`: forgets runs; what they created stays.
 *
 * @throws CommandError when there is no such run, or one is under way: then none is deleted.
 */
export function deleteKeptRuns(output: Output, ids: readonly string[]): ExitCode {
  deleteJournals(ids);
  for (const id of ids) {
    output.record({ kind: 'deleted', run: id });
    output.line(`${id} is deleted.`);
  }
  return exitCode.done;
}
