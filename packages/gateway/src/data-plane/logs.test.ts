import { describe, expect, it } from 'vitest';
import type { ExecutionLogEntry } from '../telemetry/execution-log.ts';
import { type GatewayBench, startBench, startBenchBackEnd } from '../testing/gateway-bench.ts';
import { type ApiFixture, fixtureApiId, putApi, type RouteFixture } from '../testing/put-api.ts';
import { connectClient, connectRefused } from '../testing/web-socket-client.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import type { AccessLogEntry } from './live-settings.ts';

const destinationArn = 'arn:aws:logs:us-east-1:123456789012:log-group:access';
const logged = (format: string): NonNullable<ApiFixture['stages']> => ({
  dev: { accessLogSettings: { destinationArn, format } },
});
const echo: RouteFixture = { routeKey: 'echo', integration: { integrationType: 'MOCK' } };

async function startLogged(
  fixture: ApiFixture,
): Promise<{ readonly bench: GatewayBench; readonly entries: AccessLogEntry[]; line(count: number): Promise<string> }> {
  const entries: AccessLogEntry[] = [];
  let wake = (): void => {};
  const bench = await startBench(fixture, {
    clock: createVirtualClock(),
    onAccessLog(entry) {
      entries.push(entry);
      wake();
    },
  });
  /** The line of that number, counted from one; waits for it. */
  const line = async (count: number): Promise<string> => {
    while (entries.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return entries[count - 1]?.line ?? '';
  };
  return { bench, entries, line };
}

describe('the access log of a stage', () => {
  it('has a line for the connect, each message, each call of @connections, and the disconnect', async () => {
    const backEnd = await startBenchBackEnd();
    const format =
      '$context.eventType $context.routeKey $context.status $context.integrationStatus $context.integrationLatency $context.messageId/$context.error.messageString $context.connectedAt';
    const { bench, entries, line } = await startLogged({
      routes: [
        { routeKey: '$connect', integration: { integrationUri: backEnd.url } },
        echo,
        { routeKey: 'down', integration: { integrationUri: 'http://127.0.0.1:1/' } },
      ],
      stages: logged(format),
    });
    const client = await connectClient(bench.endpoint);
    expect(await line(1)).toBe('CONNECT $connect 200 200 0 -/- 1790294473687');
    client.send('{"action":"echo"}');
    expect(await line(2)).toMatch(/^MESSAGE echo 200 200 - [\w-]{18}==\/- 1790294473687$/);
    client.send('{"action":"down"}');
    expect(await line(3)).toMatch(/^MESSAGE down 504 - 0 [\w-]{18}==\/"Internal server error" 1790294473687$/);
    await client.next();
    client.send('{"action":"nowhere"}');
    expect(await line(4)).toMatch(/^MESSAGE - 403 - - [\w-]{18}==\/"Forbidden" 1790294473687$/);
    const { connectionId } = JSON.parse(await client.next()) as { readonly connectionId: string };
    await fetch(`${bench.endpoint}/@connections/${encodeURIComponent(connectionId)}`, { method: 'POST', body: 'x' });
    expect(await line(5)).toBe('- POST /@connections/{connectionId} 200 - - -/- -');
    client.socket.close(1000);
    expect(await line(6)).toBe('DISCONNECT $disconnect 200 - - -/- 1790294473687');
    await fetch(`${bench.endpoint}/@connections/${encodeURIComponent(connectionId)}`);
    expect(await line(7)).toBe('- GET /@connections/{connectionId} 410 - - -/- -');
    expect(entries[0]).toMatchObject({ apiId: fixtureApiId, stage: 'dev', destinationArn });
  });

  it('has a line for a handshake that was refused', async () => {
    const { bench, line } = await startLogged({
      routes: [{ routeKey: '$connect', requestParameters: { 'route.request.querystring.who': { required: true } } }],
      stages: logged('$context.requestId $context.status $context.error.responseType $context.error.message'),
    });
    const { headers } = await connectRefused(bench.endpoint);
    expect(await line(1)).toBe(
      `${String(headers['x-amz-apigw-id'])} 400 BAD_REQUEST_PARAMETERS Missing required request parameters: [who]`,
    );
  });

  it('follows the settings of the stage without a deployment, for connections that are open too', async () => {
    const { bench, entries, line } = await startLogged({ routes: [echo] });
    const client = await connectClient(bench.endpoint);
    client.send('{"action":"echo"}');
    await bench.event('message-routed');
    await putApi(bench.store, { routes: [echo], stages: logged('$context.requestId') });
    client.send('{"action":"echo"}');
    await line(1);
    await putApi(bench.store, { routes: [echo] });
    client.send('{"action":"echo"}');
    client.send('x');
    await client.next();
    expect(entries).toHaveLength(1);
  });

  it('stays JSON and on its line, whatever a client sends', async () => {
    const { bench, line } = await startLogged({
      routes: [],
      stages: logged('{"requestId":"$context.requestId","agent":"$context.identity.userAgent"}'),
    });
    await connectClient(bench.endpoint, { headers: { 'user-agent': '"}\t{"status":"200' } });
    expect(JSON.parse(await line(1))).toEqual({ requestId: expect.any(String), agent: '"}\t{"status":"200' });
  });
});

/** The texts of an execution log without what differs from run to run. */
const anonymous = (entries: readonly ExecutionLogEntry[]): readonly string[] =>
  entries.map(({ text }) =>
    text
      .replaceAll(/(?<=\(|: )[\w-]{15}=(?!=)/g, 'R')
      .replaceAll(/[\w-]{18}==/g, 'C')
      .replaceAll(/127\.0\.0\.1:\d+/g, 'BACK-END')
      .replaceAll(/Root=[\w-]+/g, 'TRACE'),
  );

async function runLogged(
  settings: NonNullable<NonNullable<ApiFixture['stages']>[string]>,
): Promise<readonly ExecutionLogEntry[]> {
  const entries: ExecutionLogEntry[] = [];
  const backEnd = await startBenchBackEnd(() => ({
    headers: { date: 'now', 'set-cookie': 'secret', 'x-amzn-requestid': 'a-b-c' },
    body: 'two\nlines',
  }));
  const { endpoint, event, gateway } = await startBench(
    {
      routes: [
        { routeKey: 'echo', integration: { integrationUri: `${backEnd.url}/echo` }, isTwoWay: true },
        { routeKey: 'down', integration: { integrationUri: 'http://127.0.0.1:1/' } },
      ],
      stages: { dev: settings },
    },
    { clock: createVirtualClock(), onExecutionLog: (entry) => entries.push(entry) },
  );
  const client = await connectClient(endpoint, { headers: { 'user-agent': 'tester' } });
  client.send('{"action":"echo"}');
  await client.next();
  client.send('{"action":"down"}');
  await client.next();
  client.socket.close(1000, 'done');
  await event('connection-closed');
  await gateway.close();
  return entries;
}

describe('the execution log of a stage', () => {
  it('is not written at the level OFF, nor when nothing asks for it', async () => {
    expect(await runLogged({})).toEqual([]);
    expect(await runLogged({ defaultRouteSettings: { loggingLevel: 'OFF', dataTraceEnabled: true } })).toEqual([]);
  });

  it('says at ERROR what failed', async () => {
    const entries = await runLogged({ defaultRouteSettings: { loggingLevel: 'ERROR', dataTraceEnabled: true } });
    expect(anonymous(entries)).toEqual([
      '(R) Execution failed due to configuration error: The back end "http://127.0.0.1:1/" refused the connection (ECONNREFUSED).'.replace(
        '127.0.0.1:1',
        'BACK-END',
      ),
    ]);
    expect(entries[0]).toMatchObject({ logGroup: `/aws/apigateway/${fixtureApiId}/dev`, time: 1_790_294_473_687 });
  });

  it('tells at INFO the whole course of every request', async () => {
    const entries = anonymous(await runLogged({ defaultRouteSettings: { loggingLevel: 'INFO' } }));
    expect(entries).toEqual([
      '(R) Extended Request Id: R',
      '(R) Starting execution for request: R',
      '(R) WebSocket Request Route: [$connect]',
      `(R) Client [UserAgent: tester, SourceIp: 127.0.0.1] is connecting to WebSocket API [${fixtureApiId}].`,
      `(R) Client [Connection Id: C] connected to API [${fixtureApiId}] successfully.`,
      '(R) Extended Request Id: R',
      '(R) Starting execution for request: R',
      '(R) WebSocket Request Route: [echo]',
      `(R) WebSocket API [${fixtureApiId}] received message from client [Connection Id: C].`,
      '(R) Sending request to http://BACK-END/echo',
      '(R) AWS Integration Endpoint RequestId : a-b-c',
      '(R) Received response. Status: 200, Integration latency: 0 ms',
      `(R) Message from client [Connection Id: C] sent to API [${fixtureApiId}] with response status code [200].`,
      '(R) Extended Request Id: R',
      '(R) Starting execution for request: R',
      '(R) WebSocket Request Route: [down]',
      `(R) WebSocket API [${fixtureApiId}] received message from client [Connection Id: C].`,
      '(R) Sending request to http://BACK-END/',
      '(R) Execution failed due to configuration error: The back end "http://BACK-END/" refused the connection (ECONNREFUSED).',
      `(R) Message from client [Connection Id: C] sent to API [${fixtureApiId}] with response status code [504].`,
      '(R) Extended Request Id: R',
      '(R) Starting execution for request: R',
      '(R) WebSocket Request Route: [$disconnect]',
      `(R) Client [Connection Id: C] disconnected from API [${fixtureApiId}] with integration response status code [200]. Close reason: [1000: done]`,
    ]);
  });

  it('shows headers and bodies of one route, credentials masked, where that route asks for it', async () => {
    const entries = await runLogged({ routeSettings: { echo: { loggingLevel: 'INFO', dataTraceEnabled: true } } });
    expect(anonymous(entries).slice(4)).toEqual([
      '(R) Endpoint request URI: http://BACK-END/echo',
      `(R) Endpoint request headers: {Accept=application/json, Content-Type=application/json, User-Agent=AmazonAPIGateway_${fixtureApiId}, X-Amzn-Apigateway-Api-Id=${fixtureApiId}, X-Amzn-Trace-Id=TRACE}`,
      '(R) Endpoint request body after transformations: {"action":"echo"}',
      '(R) Sending request to http://BACK-END/echo',
      '(R) AWS Integration Endpoint RequestId : a-b-c',
      '(R) Received response. Status: 200, Integration latency: 0 ms',
      '(R) Endpoint response headers: {date=now, set-cookie=***, x-amzn-requestid=a-b-c, connection=keep-alive, keep-alive=timeout=5, transfer-encoding=chunked}',
      '(R) Endpoint response body before transformations: two\\nlines',
      `(R) Message from client [Connection Id: C] sent to API [${fixtureApiId}] with response status code [200].`,
    ]);
  });
});
