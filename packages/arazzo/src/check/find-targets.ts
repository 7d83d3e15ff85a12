import { type ArazzoDocument, findWorkflow } from '../document/arazzo-document.ts';
import type { Step } from '../document/model.ts';
import type { OperationSite } from '../document/openapi/operation-index.ts';
import { readOperation } from '../document/openapi/read-operation.ts';
import { readResponses } from '../document/openapi/responses.ts';
import { findUnresolvedResponses } from '../document/openapi/unresolved-responses.ts';
import type { Source } from '../document/sources.ts';
import type { StepTarget } from './analysis.ts';
import { findOperation, type Lookup } from './find-operation.ts';

type OperationTarget = Extract<StepTarget, { kind: 'operation' }>;

/** Finds what the steps of a workflow call, each in its place. An operation is read once for all the steps that call it. */
export async function findTargets(
  document: ArazzoDocument,
  sources: readonly Source[],
  steps: readonly Step[],
): Promise<readonly StepTarget[]> {
  const read = new Map<OperationSite, OperationTarget>();
  const unread = new Map<OperationSite, OperationTarget>();
  const targets: StepTarget[] = [];
  for (const step of steps) {
    const lookup = lookUp(document, sources, step);
    if (lookup.kind !== 'found') {
      targets.push(lookup);
      continue;
    }
    const isRead = readsResponse(step);
    const known = isRead ? read : unread;
    const target = known.get(lookup.site) ?? (await readTarget(lookup.sourceName, lookup.site, isRead));
    known.set(lookup.site, target);
    targets.push(lookup.note === undefined ? target : { ...target, note: lookup.note });
  }
  return targets;
}

function lookUp(
  document: ArazzoDocument,
  sources: readonly Source[],
  step: Step,
): Lookup | Extract<StepTarget, { kind: 'workflow' }> {
  if (step.workflowId === undefined) return findOperation(sources, step);
  const called = findWorkflow(document, step.workflowId);
  return { kind: 'workflow', ...(called && { called }) };
}

/** Reading the responses of a large API takes a while, and not every step looks into them. */
function readsResponse({ outputs, successCriteria, onSuccess, onFailure }: Step): boolean {
  return (
    outputs.some(({ expression }) => mentionsResponseBody(expression)) ||
    mentionsResponseBody(successCriteria) ||
    mentionsResponseBody(onSuccess) ||
    mentionsResponseBody(onFailure)
  );
}

function mentionsResponseBody(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('$response.body');
  return typeof value === 'object' && value !== null && Object.values(value).some(mentionsResponseBody);
}

async function readTarget(sourceName: string, site: OperationSite, isRead: boolean): Promise<OperationTarget> {
  const { operation, problems } = await readOperation(sourceName, site);
  const responses = isRead ? await readResponses(site) : [];
  const unresolved = await findUnresolvedResponses(site);
  // What the step reads decides whether it succeeds and what later requests hold; the rest decides nothing.
  const inResponses = unresolved.map((problem) => (isRead ? problem : { ...problem, severity: 'warning' as const }));
  return { kind: 'operation', operation, problems: [...problems, ...inResponses], responses };
}
