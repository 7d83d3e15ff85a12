import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { buildWebSocketApi } from './testing/documents.ts';
import { runWorkflow } from './testing/readme-example.ts';
import { startServer } from './testing/server.ts';

it('has the example that is tested here in its README', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const example = await readFile(new URL('testing/readme-example.ts', import.meta.url), 'utf8');
  expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(example.replace('../index.ts', '@gatewright/arazzo'));
});

it('has an example that runs', async () => {
  const body = { ApiId: 'a', ApiEndpoint: 'e', IntegrationId: 'i', RouteId: 'r' };
  const server = await startServer(() => ({ status: 201, body }));
  const servers = { apiGatewayV2: server.url };
  const inputs = {
    name: 'chat',
    routeSelectionExpression: '$request.body.action',
    integrationUri: 'http://b.test',
    routeKey: '$connect',
  };
  try {
    expect(await runWorkflow(buildWebSocketApi, { ...inputs, integrationType: 'MOCK' }, servers)).toEqual({
      'build-websocket-api': { apiId: 'a', apiEndpoint: 'e', integrationId: 'i', routeId: 'r' },
    });
    const refusal = [{ code: 'missing-braces' }, { code: 'missing-input' }];
    expect(await runWorkflow(buildWebSocketApi, inputs, servers)).toMatchObject(refusal);
  } finally {
    server.close();
  }
});
