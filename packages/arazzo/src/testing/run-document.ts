import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { type PlanOptions, plan } from '../plan/make-plan.ts';
import type { RunEvent } from '../run/events.ts';
import { type RunOptions, run } from '../run/run.ts';
import { createHttpTransport } from '../transports/http.ts';
import { instantClock } from './clock.ts';
import { type Answer, type SeenRequest, startServer } from './server.ts';

/** What came of a run. */
interface Ran {
  readonly events: readonly RunEvent[];
  readonly seen: readonly SeenRequest[];
  readonly waits: readonly number[];
  /** Of the server, which is closed by then. */
  readonly url: string;
}

type Options = PlanOptions & Partial<RunOptions> & { readonly onEvent?: (event: RunEvent) => void };

/** Runs a document against a real server that answers by script. */
export async function runDocument(
  document: ArazzoDocument,
  answer: (request: SeenRequest, index: number) => Answer,
  options: Options = {},
): Promise<Ran> {
  const server = await startServer(answer);
  const transport = createHttpTransport();
  try {
    const clock = instantClock();
    const sourceName = document.sources[0]?.name ?? '';
    const result = await plan(document, { servers: { [sourceName]: server.url }, ...options });
    if (result.kind === 'refused') throw new Error(result.diagnostics.map(({ message }) => message).join(' '));
    const events: RunEvent[] = [];
    for await (const event of run(result.plan, { transport, clock, ...options })) {
      events.push(event);
      options.onEvent?.(event);
    }
    return { events, seen: server.seen, waits: clock.waits, url: server.url };
  } finally {
    transport.close();
    server.close();
  }
}

/** Events as tests read them: what happened where, and the last one whole. */
export function outlineEvents({ events }: Pick<Ran, 'events'>): readonly unknown[] {
  const lines = events.slice(1, -1).flatMap((event) => {
    if (event.kind === 'request' || event.kind === 'response') return [];
    return 'stepId' in event && event.kind !== 'workflow-failed'
      ? `${event.kind} ${event.stepId}`
      : `${event.kind} ${'workflowId' in event ? event.workflowId : ''}`.trim();
  });
  return [...lines, events.at(-1)];
}

/** A step that reads a pet of its own name. */
export const getPetStep = (stepId: string, more = ''): string =>
  `- { stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: ${stepId} }], outputs: { id: $response.body#/id }${more} }\n`;

/** The answer that such a step succeeds with. */
export const okAnswer: Answer = { status: 200, body: { id: 7 } };
