import { findSecretInputs, outline } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { type OpenOptions, openDocument } from '../compose/document.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { formatMermaid } from '../output/mermaid.ts';
import { showOutline } from '../output/outline.ts';
import type { Output } from '../output/output.ts';

export interface ShowOptions extends OpenOptions {
  /** Write a Mermaid flowchart instead of text. */
  readonly mermaid: boolean;
}

/** `gatewright show`: the workflows of a document, their inputs, the requests their steps make, and their outputs. */
export async function show(
  output: Output,
  document: string,
  workflowId: string | undefined,
  options: ShowOptions,
): Promise<ExitCode> {
  const opened = await openDocument(output, document, options);
  output.masker.conceal(findSecretInputs(opened, {}));
  const whole = await outline(opened);
  const chosen = whole.workflows.filter((workflow) => workflowId === undefined || workflow.workflowId === workflowId);
  if (chosen.length === 0 && workflowId !== undefined) {
    const known = whole.workflows.map((workflow) => `"${workflow.workflowId}"`).join(', ');
    throw new CommandError(
      exitCode.badInput,
      `The document has no workflow "${workflowId}"; its workflows are ${known || 'none'}.`,
    );
  }
  const shown = { ...whole, workflows: chosen };
  output.record({ kind: 'document', ...shown });
  if (options.mermaid) for (const line of formatMermaid(shown)) output.line(line);
  else showOutline(output, shown);
  return exitCode.done;
}
