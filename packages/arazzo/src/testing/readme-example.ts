import { createHttpTransport, loadDocument, plan, run } from '../index.ts';

type Values = Record<string, unknown>;

export async function runWorkflow(url: URL, inputs: Values, servers: Record<string, string>): Promise<unknown> {
  const loaded = await loadDocument(url);
  if (loaded.kind === 'refused') return loaded.diagnostics;
  const planned = await plan(loaded.document, { inputs, servers });
  if (planned.kind === 'refused') return planned.diagnostics;
  const transport = createHttpTransport();
  try {
    for await (const event of run(planned.plan, { transport })) {
      if (event.kind === 'run-succeeded') return event.outputs;
      if (event.kind === 'run-failed') return event.reason;
    }
  } finally {
    transport.close();
  }
  return undefined;
}
