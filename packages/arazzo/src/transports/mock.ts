import type { OperationCall, Plan, PlannedStep, PlannedWorkflow } from '../plan/plan.ts';
import { readDeclaredResponses } from './mock/declared-responses.ts';
import { type AnswerReads, findLaterReads } from './mock/later-reads.ts';
import { type AnswerContext, makeAnswer } from './mock/make-answer.ts';
import { orderCandidates } from './mock/order-candidates.ts';
import { readWishes } from './mock/wishes.ts';
import { writeBody } from './mock/write-body.ts';
import { type ExchangePurpose, type HttpExchangeResponse, type Transport, TransportError } from './transport.ts';

/** How many turns of listed values and alternatives are tried for an answer that the criteria accept. */
const MAX_TURNS = 8;

/**
 * A transport that sends nothing: it answers from what the API declares, so that a plan can be tried without a server. An
 * answer has a declared status that the success criteria accept, a body sampled from the schema, and the members that
 * later steps read. When a step is tried again, listed values take turns, so that polling comes to an end. Fails with
 * `not-mocked`, naming the criterion, when no declared answer meets it.
 */
export function createMockTransport(plan: Plan): Transport {
  const steps = new Map([...plan.workflows].map(([id, workflow]) => [id, indexSteps(workflow)]));
  const reads = findLaterReads(plan);
  const attempts = new Map<PlannedStep, number>();
  return {
    async send({ method, url, workflowId, stepId, purpose }, signal) {
      if (signal.aborted) throw new TransportError('timed-out', `"${url}" was given up waiting for.`);
      if (purpose === undefined) return tokenAnswer();
      const step = steps.get(workflowId)?.get(stepId);
      if (step?.call.kind !== 'operation') throw new TransportError('not-mocked', `"${url}" is no operation.`);
      const turn = attempts.get(step) ?? 0;
      attempts.set(step, turn + 1);
      const { library } = step.call.operation.site.description;
      return answer({ library, method, step, purpose, call: step.call, reads: reads.get(step) ?? noReads }, turn);
    },
    close() {},
  };
}

function indexSteps({ steps }: PlannedWorkflow): ReadonlyMap<string, PlannedStep> {
  return new Map(steps.map((step) => [step.stepId, step]));
}

const noReads: AnswerReads = { body: [], headers: [] };

/** What no step asks for is asked for by a security scheme: an access token (RFC 6749 §5.1). */
function tokenAnswer(): HttpExchangeResponse {
  const body = writeBody('application/json', { access_token: 'mock', token_type: 'bearer', expires_in: 3600 });
  return { status: 200, headers: { 'content-type': ['application/json'] }, body };
}

interface Mock extends AnswerContext {
  readonly purpose: ExchangePurpose;
  readonly step: PlannedStep;
  readonly call: OperationCall;
}

async function answer(mock: Mock, turn: number): Promise<HttpExchangeResponse> {
  const { step, purpose } = mock;
  const wishes = readWishes(step.successCriteria ?? [], purpose.scope);
  const declared = await readDeclaredResponses(mock.library, mock.call.operation.site);
  let refusal: string | undefined;
  for (const { response, status } of orderCandidates(declared, wishes)) {
    for (let offset = 0; offset < MAX_TURNS; offset += 1) {
      const candidate = await makeAnswer(mock, { response, status }, wishes, turn + offset);
      const [reason] = purpose.judge(candidate);
      if (reason === undefined) return candidate;
      refusal ??= reason;
    }
  }
  const { method, path } = mock.call.operation;
  const statuses = declared.map(({ status }) => status).join(', ') || 'no responses';
  throw new TransportError(
    'not-mocked',
    `No answer that ${method} ${path} declares (${statuses}) meets the criteria of the step "${step.stepId}". ${refusal ?? ''}`,
  );
}
