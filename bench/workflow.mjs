import { exampleDocument, gatewright, redocly } from './commands.mjs';
import { compareProcesses, showRatio } from './measure.mjs';
import { startServer } from './server.mjs';

const inputs = {
  name: 'bench',
  routeSelectionExpression: '$request.body.action',
  integrationType: 'MOCK',
  integrationUri: 'http://127.0.0.1:1/',
  routeKey: '$connect',
};

/** The workflow *Build a WebSocket API* against a local server, as a whole process, beside Redocly Respect. */
export async function measureWorkflow() {
  const server = await startServer();
  try {
    const given = Object.entries(inputs).flatMap(([name, value]) => ['-i', `${name}=${value}`]);
    const target = `apiGatewayV2=${server.url}`;
    const workflow = 'build-websocket-api';
    const { ours, respect } = await compareProcesses(
      {
        ours: [gatewright, 'run', exampleDocument, workflow, '--server', target, ...given],
        respect: [redocly, 'respect', exampleDocument, '-w', workflow, '-S', target, '--input', JSON.stringify(inputs)],
      },
      7,
    );
    if (!ours || !respect) return;
    const time = `${ours.milliseconds.toFixed(0)} ms beside ${respect.milliseconds.toFixed(0)} ms`;
    showRatio('the workflow, wall time / Respect', ours.milliseconds / respect.milliseconds, 0.45, time);
    const memory = `${ours.megabytes.toFixed(0)} MB beside ${respect.megabytes.toFixed(0)} MB`;
    showRatio('the workflow, peak memory / Respect', ours.megabytes / respect.megabytes, 0.6, memory);
  } finally {
    server.close();
  }
}
