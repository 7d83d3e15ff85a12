import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { up } from 'gatewright';
import { WebSocket } from 'ws';
import { startBackend } from './backend.mjs';

/** @param {string} line */
const say = (line) => console.log(line);

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interruption.abort());

const backend = await startBackend((line) => say(`  backend   ${line}`));
try {
  const api = await up({
    document: fileURLToPath(new URL('build-websocket-api.arazzo.yaml', import.meta.url)),
    inputs: {
      name: 'example',
      description: 'What npm start builds.',
      routeSelectionExpression: '$request.body.action',
      integrationType: 'HTTP_PROXY',
      integrationUri: `${backend.url}/connect`,
      routeKey: '$connect',
      messageIntegrationUri: `${backend.url}/message`,
    },
    port: Number(process.env.PORT ?? 4610),
    print: true,
    signal: interruption.signal,
  });
  try {
    const endpoint = String(api.outputs['build-websocket-api']?.apiEndpoint);
    await demonstrate(endpoint);
    showNextSteps(api.gateway, endpoint);
    if (!interruption.signal.aborted) await once(interruption.signal, 'abort');
  } finally {
    await api.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  backend.close();
}

/**
 * A client connects, sends a message and reads the answer; then it is pushed to through `@connections`.
 *
 * @param {string} endpoint
 */
async function demonstrate(endpoint) {
  say('');
  say('A client talks to the API');
  const client = new WebSocket(endpoint, { headers: { 'user-agent': 'example-client/1.0' } });
  await once(client, 'open');
  say(`  client    connected to ${endpoint}`);

  const message = JSON.stringify({ action: 'greet', text: 'hello' });
  say(`  client    sends    ${message}`);
  client.send(message);
  const [answer] = await once(client, 'message');
  say(`  client    receives ${answer}`);

  const { connectionId } = JSON.parse(String(answer));
  const push = new URL(`@connections/${encodeURIComponent(connectionId)}`, `${endpoint.replace(/^ws/, 'http')}/`);
  const pushed = once(client, 'message');
  const { status } = await fetch(push, { method: 'POST', body: 'pushed by the back end' });
  say(`  backend   POST ${push.pathname} → ${status}`);
  say(`  client    receives ${(await pushed)[0]}`);

  client.close(1000);
  await once(client, 'close');
}

/**
 * @param {string} gateway
 * @param {string} endpoint
 */
function showNextSteps(gateway, endpoint) {
  say('');
  say('Serving. Ctrl-C stops it. Try next, in another terminal:');
  say(`  npx gatewright connect ${endpoint}`);
  say(`  npx gatewright connect '${endpoint}?token=wrong'`);
  say(`  curl -X POST -d hello ${endpoint.replace(/^ws/, 'http')}/@connections/CONNECTION_ID`);
  say(`  curl ${gateway}/v2/apis`);
  say(
    '  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1 ' +
      `aws apigatewayv2 get-apis --endpoint-url ${gateway}`,
  );
}
