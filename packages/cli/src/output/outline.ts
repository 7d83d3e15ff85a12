import type { ActionOutline, DocumentOutline, InputOutline, StepOutline, WorkflowOutline } from '@gatewright/arazzo';
import { showUrl } from './diagnostics.ts';
import type { Output } from './output.ts';

/** Prints a document for people: per workflow its inputs, its steps with method and path, and its outputs. */
export function showOutline(output: Output, document: DocumentOutline): void {
  output.line(`${output.style('bold', document.title)} (Arazzo ${document.arazzo}, ${showUrl(document.url)})`);
  for (const line of table(document.sources.map(({ name, type, url }) => [name, type, showUrl(url)]))) {
    output.line(`  ${line}`);
  }
  for (const workflow of document.workflows) showWorkflow(output, workflow);
  const lost = document.workflows.flatMap(({ steps }) => steps).filter(({ target }) => target.kind === 'unresolved');
  if (lost.length === 0) return;
  output.line();
  output.line(
    `What ${lost.map(({ stepId }) => `"${stepId}"`).join(', ')} would call is not known: gatewright check says why.`,
  );
}

function showWorkflow(output: Output, workflow: WorkflowOutline): void {
  output.line();
  output.line(output.style('bold', workflow.workflowId));
  const about = workflow.summary ?? workflow.description;
  if (about !== undefined) output.line(`  ${oneLine(about)}`);
  if (workflow.dependsOn.length > 0) output.line(`  runs after ${workflow.dependsOn.join(', ')}`);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['inputs', table(workflow.inputs.map(inputCells))],
    ['steps', stepLines(workflow.steps)],
    ['outputs', table(workflow.outputs.map(({ name, value }) => [name, value]))],
  ];
  for (const [title, lines] of sections) {
    if (lines.length === 0) continue;
    output.line(`  ${output.style('dim', title)}`);
    for (const line of lines) output.line(`    ${line}`);
  }
}

function inputCells(input: InputOutline): readonly string[] {
  const notes = [
    ...(input.description === undefined ? [] : [oneLine(input.description)]),
    ...(input.enum === undefined ? [] : [`(one of ${input.enum.map((value) => JSON.stringify(value)).join(', ')})`]),
    ...(input.default === undefined ? [] : [`(default ${JSON.stringify(input.default)})`]),
  ];
  const type = input.format === undefined ? input.type : `${input.type} (${input.format})`;
  return [input.name, type, input.required ? 'required' : '', notes.join(' ')];
}

function stepLines(steps: readonly StepOutline[]): readonly string[] {
  const heads = table(steps.map((step, index) => [`${index + 1}`, step.stepId, ...targetCells(step)]));
  return steps.flatMap((step, index) => [
    heads[index] ?? '',
    ...step.onSuccess.map((action) => `    on success${formatAction(action)}`),
    ...step.onFailure.map((action) => `    on failure${formatAction(action)}`),
  ]);
}

function targetCells({ target }: StepOutline): readonly string[] {
  switch (target.kind) {
    case 'operation':
      return [target.method, target.path];
    case 'workflow':
      return ['runs', target.workflowId];
    case 'channel':
      return describeChannel(target);
    case 'unresolved':
      return ['?', target.written];
  }
}

/** What a step does with an AsyncAPI channel, and with which. */
export function describeChannel({ action, channel }: ChannelOutline): readonly [verb: string, channel: string] {
  return [action === undefined ? 'uses' : action === 'send' ? 'sends to' : 'receives from', channel];
}

type ChannelOutline = Extract<StepOutline['target'], { kind: 'channel' }>;

function formatAction(action: ActionOutline): string {
  const condition = action.criteria.length === 0 ? '' : `, if ${action.criteria.join(' and ')}`;
  return `${condition}: ${describeAction(action)}`;
}

/** What an action does, in a few words. */
export function describeAction(action: ActionOutline): string {
  const target = action.stepId ?? action.workflowId;
  if (action.type === 'end') return 'end';
  if (action.type === 'goto') return `go to ${target ?? ''}`;
  const limit = action.retryLimit ?? 1;
  const pause = action.retryAfter === undefined ? '' : ` after ${action.retryAfter} s`;
  const first = target === undefined ? '' : `, running ${target} first`;
  return `retry${pause}, at most ${limit} ${limit === 1 ? 'time' : 'times'}${first}`;
}

/** Aligns cells in columns; the last one stays as long as it is. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
