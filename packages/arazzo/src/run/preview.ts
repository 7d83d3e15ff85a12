import type { AnalyzedParameter } from '../check/analysis.ts';
import { takeInputs } from '../check/inputs.ts';
import type { Action } from '../document/model.ts';
import { evaluateTemplate } from '../expression/evaluate.ts';
import type { Scope, WorkflowValues } from '../expression/scope.ts';
import type { OperationCall, Plan, PlannedStep, PlannedWorkflow } from '../plan/plan.ts';
import { watchSecrets } from '../plan/secret-inputs.ts';
import { type BuildResult, type BuiltRequest, buildRequest } from '../request/build-request.ts';
import { contentOf, formatOf, mediaTypeOf } from '../request/media-type.ts';
import type { HttpExchangeRequest } from '../transports/transport.ts';
import { createLaterValues, type LaterValues } from './later-values.ts';
import type { RunOptions } from './run.ts';
import { describeBody, type SentBody } from './sent-body.ts';
import type { Translation } from './translation.ts';

/**
 * A request that a run would send. `{$…}` in it stands for a value that an earlier answer gives; where such a value is a
 * whole one, it is the expression alone.
 */
export type PreviewedRequest =
  | ({
      readonly kind: 'planned-request';
      readonly workflowId: string;
      readonly stepId: string;
      readonly method: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      /** As a value, whatever it is written as. */
      readonly body?: unknown;
      /** What is put into the body once it is known where; absent when there is nothing. */
      readonly replacements?: readonly LaterReplacement[];
      /** The security schemes whose credentials are added to what is shown here; absent when there are none. */
      readonly credentials?: readonly string[];
    } & SentBody)
  /** The values at hand do not make a request: `message` says why. */
  | {
      readonly kind: 'refused-request';
      readonly workflowId: string;
      readonly stepId: string;
      readonly message: string;
    };

/** A replacement in a payload whose shape an earlier answer decides. */
export interface LaterReplacement {
  readonly target: string;
  readonly value: unknown;
}

export type PreviewOptions = Pick<RunOptions, 'translation' | 'onSecrets'>;

/** More requests are not listed; what is left of a document that goes on this long would not be read. */
const MAX_REQUESTS = 10_000;
/** As deep as workflows may call each other in a run. */
const MAX_WORKFLOW_DEPTH = 32;

/**
 * Lists the requests of a run in which every step succeeds, without sending any. Of the actions, those without criteria
 * are followed, since they are known to be taken; each step of a workflow is visited once. For a server that does not spell
 * things as its description does, requests are as it will see them.
 */
export function preview(plan: Plan, { translation, onSecrets }: PreviewOptions = {}): readonly PreviewedRequest[] {
  const preview: Preview = {
    plan,
    ...(translation && { translation }),
    later: createLaterValues(),
    watchInputs: watchSecrets(onSecrets),
    finished: new Map(),
    requests: [],
  };
  for (const workflowId of plan.order) previewWorkflow(preview, workflowId, plan.inputs, new Set(), 0);
  return preview.requests;
}

interface Preview {
  readonly plan: Plan;
  readonly translation?: Translation;
  readonly later: LaterValues;
  readonly watchInputs: ReturnType<typeof watchSecrets>;
  readonly finished: Map<string, WorkflowValues>;
  readonly requests: PreviewedRequest[];
}

type Values = Readonly<Record<string, unknown>>;

function previewWorkflow(
  preview: Preview,
  workflowId: string,
  given: Values,
  entered: ReadonlySet<string>,
  depth: number,
): void {
  const workflow = preview.plan.workflows.get(workflowId);
  if (workflow === undefined || entered.has(workflowId) || depth > MAX_WORKFLOW_DEPTH) return;
  const inputs = takeInputs(workflow.document, workflow.workflow, given);
  preview.watchInputs(workflow, inputs);
  preview.finished.set(workflowId, { inputs, outputs: {} });
  const visited = new Set<string>();
  let index = 0;
  for (let step = workflow.steps[index]; step !== undefined; step = workflow.steps[index]) {
    if (visited.has(step.stepId) || preview.requests.length >= MAX_REQUESTS) break;
    visited.add(step.stepId);
    previewStep(preview, workflow, step, inputs, depth);
    const planned = step.onSuccess.find(({ criteria }) => criteria.length === 0);
    const action = planned?.action;
    if (action?.type === 'goto' && planned?.workflowId !== undefined) {
      const added = readLater(preview.later, planned.parameters, createScope(preview, workflow, inputs));
      previewWorkflow(preview, planned.workflowId, { ...given, ...added }, new Set([...entered, workflowId]), depth);
    }
    index = indexAfter(workflow, index, action);
  }
}

/** Where a workflow goes on; beyond its last step when it is over. */
function indexAfter({ steps }: PlannedWorkflow, index: number, action: Action | undefined): number {
  if (action === undefined || action.type === 'retry') return index + 1;
  const target = action.type === 'goto' ? steps.findIndex(({ stepId }) => stepId === action.stepId) : -1;
  return target < 0 ? steps.length : target;
}

function previewStep(
  preview: Preview,
  workflow: PlannedWorkflow,
  step: PlannedStep,
  inputs: Values,
  depth: number,
): void {
  const { later } = preview;
  const place = { workflowId: workflow.id, stepId: step.stepId };
  const scope = createScope(preview, workflow, inputs);
  const hold = later.holder(scope);
  if (step.call.kind === 'workflow') {
    const given = readLater(later, step.call.parameters, scope);
    previewWorkflow(preview, step.call.workflowId, given, new Set(), depth + 1);
    return;
  }
  const { parameters, body, authorizations } = step.call;
  const credentials = authorizations.map(({ schemeName }) => schemeName);
  const call: OperationCall = {
    ...step.call,
    parameters: parameters.map((parameter) => ({ ...parameter, template: hold(parameter.template) })),
    ...(body && {
      body: {
        ...body,
        ...(body.payload && {
          payload: hold(body.payload, formatOf(mediaTypeOf(body, step.call.operation)) === 'json'),
        }),
        replacements: body.replacements.map((replaced) => ({ ...replaced, template: hold(replaced.template) })),
      },
    }),
  };
  const { built, left } = buildWithout(call, scope);
  if (built.kind === 'refused') {
    preview.requests.push({ kind: 'refused-request', ...place, message: later.reveal(built.reason.message) });
    return;
  }
  const { method, url, headers, body: sent } = translate(preview, step.call, place, built.request);
  // What a translation makes of a body is its own value.
  const isOwn = sent === built.request.exchange.request.body;
  preview.requests.push({
    kind: 'planned-request',
    ...place,
    method,
    url: later.reveal(url),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, later.reveal(value)])),
    ...(sent !== undefined && { body: later.revealAll(sent) }),
    ...(isOwn && sent !== undefined && readSent(step.call, sent, later)),
    ...(left.length > 0 && {
      replacements: left.map(({ target, template }) => ({
        target,
        value: later.revealAll(evaluateTemplate(template, scope)),
      })),
    }),
    ...(credentials.length > 0 && { credentials }),
  });
}

type Replacements = NonNullable<OperationCall['body']>['replacements'];

/**
 * Builds a request without the replacements that find no place among what stands for later values: `plan` refuses those
 * that never will.
 */
function buildWithout(call: OperationCall, scope: Scope): { readonly built: BuildResult; readonly left: Replacements } {
  const left: Replacements[number][] = [];
  for (let { body } = call; ; ) {
    const built = buildRequest({ ...call, ...(body && { body }) }, scope);
    const target = built.kind === 'refused' ? built.target : undefined;
    const failed = target && body?.replacements.find(({ query }) => query === target);
    if (body === undefined || failed === undefined) return { built, left };
    left.push(failed);
    body = { ...body, replacements: body.replacements.filter((replacement) => replacement !== failed) };
  }
}

function readSent({ operation, body }: OperationCall, sent: unknown, later: LaterValues): SentBody {
  if (body === undefined) return {};
  const mediaType = mediaTypeOf(body, operation);
  return describeBody(sent, mediaType, contentOf(operation, mediaType), later.reveal);
}

type Shown = Pick<HttpExchangeRequest, 'method' | 'url' | 'headers'> & { readonly body: unknown };

/** The request as its server will see it, but for credentials, with the body as a value. */
function translate(
  { translation }: Preview,
  { operation: { operationId, sourceName } }: OperationCall,
  place: Pick<HttpExchangeRequest, 'workflowId' | 'stepId'>,
  { method, url, headers, body, exchange }: BuiltRequest,
): Shown {
  const plain: HttpExchangeRequest = {
    ...{ method, url, headers, sourceName, ...place },
    ...(body !== undefined && { body }),
    ...(operationId !== undefined && { operationId }),
  };
  const request = translation?.translateRequest(plain) ?? plain;
  const isSame = request.body === body;
  return { ...request, body: isSame ? exchange.request.body : parseJson(request.body) };
}

function parseJson(body: HttpExchangeRequest['body']): unknown {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : (body ?? '');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function createScope({ finished }: Preview, workflow: PlannedWorkflow, inputs: Values): Scope {
  const { self } = workflow.document;
  return {
    ...{ inputs, steps: new Map(), workflows: finished },
    ...{ sources: workflow.sources, components: workflow.components },
    ...(self !== undefined && { self }),
  };
}

/** The inputs that parameters give, with what stands for later values. */
function readLater(later: LaterValues, parameters: readonly AnalyzedParameter[], scope: Scope): Values {
  const hold = later.holder(scope);
  const values = parameters.map(({ name, template }) => [name, evaluateTemplate(hold(template), scope)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
