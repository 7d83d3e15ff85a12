import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployApi, type RouteDescription } from './harness/api.ts';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { type ServingProcess, startServing } from './harness/gatewright.ts';
import { closePayload, frame, opcodes, openRaw, type RawConnection } from './harness/raw-web-socket.ts';

const { text, continuation, ping } = opcodes;

let serving: ServingProcess;
let backEnd: BackEnd;
let apiId: string;
let endpoint: string;
/** A connection that has nothing to do with what others send. */
let bystander: RawConnection;

beforeAll(async () => {
  serving = await startServing(['serve', '--draft']);
  backEnd = await startBackEnd(({ body }) => ({ status: 200, body }));
  const routes = [echo, templated, validated];
  const models = { order: { type: 'object', properties: { a: { type: 'array', items: { type: 'integer' } } } } };
  ({ apiId, endpoint } = await deployApi(serving.gateway, { routes: routes.map((route) => route()), models }));
  bystander = await openRaw(endpoint);
});

afterAll(async () => {
  bystander.socket.destroy();
  await backEnd.close();
  await serving.kill();
});

function echo(): RouteDescription {
  return { routeKey: '$default', integration: { integrationType: 'HTTP_PROXY', integrationUri: backEnd.url } };
}

function validated(): RouteDescription {
  const route = { modelSelectionExpression: '$request.body.model', requestModels: { order: 'order' } };
  return { ...echo(), routeKey: 'validated', route };
}

function templated(): RouteDescription {
  const template = `x#foreach($key in $input.path('$').keySet())$key=$input.path('$')[$key],#end$input.json('$..a')`;
  return {
    routeKey: 'templated',
    integration: { integrationType: 'MOCK', requestTemplates: { $default: '{"statusCode":200}' } },
    integrationResponses: { $default: { responseTemplates: { $default: template } } },
  };
}

const textFrame = (payload: string): Buffer => frame({ opcode: text, payload });

async function ask(connection: RawConnection, message: string): Promise<string> {
  connection.write(textFrame(message));
  const { first, payload } = await connection.readFrame();
  expect(first).toBe(0x80 | text);
  return payload.toString('utf8');
}

type Fragment = readonly [length: number, hasPing: boolean];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A message in fragments, some with a ping before them. */
function cutMessage(fragments: readonly Fragment[]): Buffer {
  const message = Buffer.alloc(sum(fragments.map(([length]) => length)), 'message ');
  let offset = 0;
  const frames = fragments.flatMap(([length, hasPing], index) => {
    const payload = message.subarray(offset, offset + length);
    offset += length;
    const opcode = index === 0 ? text : continuation;
    const part = frame({ opcode, payload, isFinal: index === fragments.length - 1 });
    return hasPing ? [frame({ opcode: ping, payload: 'p' }), part] : [part];
  });
  return Buffer.concat(frames);
}

function writeInPieces({ write }: RawConnection, bytes: Buffer, pieces: number): void {
  const length = Math.ceil(bytes.length / pieces);
  for (let from = 0; from < bytes.length; from += length) write(bytes.subarray(from, from + length));
}

/** The next frame that is no pong. */
async function readMessage({ readFrame }: RawConnection): ReturnType<RawConnection['readFrame']> {
  let received = await readFrame();
  while (received.first === 0x8a) received = await readFrame();
  return received;
}

/** The process is up and knows of nothing that went wrong in it, and only the bystander is connected, as before. */
async function expectUnharmed(): Promise<void> {
  expect(await ask(bystander, 'unharmed')).toBe('unharmed');
  expect(serving.records.filter(({ kind }) => kind === 'gateway-fault')).toEqual([]);
  const countOpen = async () => {
    const metrics = await (await fetch(`${serving.gateway}/_gatewright/metrics`)).text();
    return /^gatewright_open_connections (\d+)$/m.exec(metrics)?.[1];
  };
  await expect.poll(countOpen, { timeout: 20_000 }).toBe('1');
}

describe('random bytes', () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const anyFrame = fc
    .record({
      opcode: fc.integer({ min: 0, max: 15 }),
      payload: fc.uint8Array({ maxLength: 140 }),
      isFinal: fc.boolean(),
      isMasked: fc.constantFrom(true, true, true, false),
      reserved: fc.constantFrom(0, 0, 0, 0, 1, 2, 4, 7),
      announcedLength: fc.option(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), { freq: 20 }),
    })
    .map(({ announcedLength, ...members }) =>
      frame({ ...members, ...(announcedLength !== null && { announcedLength }) }),
    );

  it('after the handshake harm nobody', async () => {
    const sent = fc.oneof(
      bytes,
      fc.array(anyFrame, { maxLength: 8 }).map((frames) => Buffer.concat(frames)),
    );
    await fc.assert(
      fc.asyncProperty(sent, fc.boolean(), async (content, isOrderly) => {
        const connection = await openRaw(endpoint);
        connection.write(content);
        if (!isOrderly) return void connection.socket.destroy();
        connection.socket.end();
        await connection.rest();
      }),
      { numRuns: 300 },
    );
    await expectUnharmed();
  });

  it('instead of a handshake harm nobody', async () => {
    const { hostname, port } = new URL(endpoint);
    const start = fc.constantFrom(
      '',
      '\x16\x03\x01',
      'GET / HTTP/1.1\r\n',
      'GET /_gatewright/health HTTP/1.1\r\nHost: ',
      '\r\n',
    );
    await fc.assert(
      fc.asyncProperty(start, bytes, async (begin, content) => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => {}).resume();
        socket.write(begin, 'latin1');
        socket.end(content);
        await once(socket, 'close');
      }),
      { numRuns: 150 },
    );
    await expectUnharmed();
  });
});

describe('random messages', () => {
  const action = fc.constantFrom('templated', 'validated', '$default', '$connect', '$disconnect', 'constructor', '');
  const object = fc.record(
    { action: fc.oneof(action, fc.jsonValue()), model: fc.constantFrom('order', 'none'), a: fc.jsonValue() },
    { requiredKeys: [] },
  );
  const message = fc.oneof(
    fc
      .tuple(object, fc.dictionary(fc.string(), fc.jsonValue()))
      .map(([known, more]) => JSON.stringify({ ...more, ...known })),
    fc.json(),
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.constantFrom(
      '{"__proto__":{"action":"templated"}}',
      '{"action":"templated"',
      `${'['.repeat(5000)}${']'.repeat(5000)}`,
    ),
  );

  function actionOf(content: string): unknown {
    try {
      return (JSON.parse(content) as { readonly action?: unknown } | null)?.action;
    } catch {
      return undefined;
    }
  }

  it('are each answered once, and come back as they were from a back end that echoes', async () => {
    const connection = await openRaw(endpoint);
    await fc.assert(
      fc.asyncProperty(message, async (content) => {
        const answer = await ask(connection, content);
        const isEchoed = !['templated', 'validated'].includes(String(actionOf(content)));
        if (isEchoed) expect(answer).toBe(content);
        else expect(answer).not.toBe('');
      }),
      { numRuns: 500 },
    );
    connection.socket.destroy();
    await expectUnharmed();
  });

  it('are put together from whatever fragments they come in, or end the connection with 1009', async () => {
    const length = fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 300 }), weight: 4 },
      { arbitrary: fc.constantFrom(0, 125, 126, 32_767, 32_768), weight: 4 },
      { arbitrary: fc.constantFrom(32_769, 65_535, 65_536), weight: 1 },
    );
    // An empty message has no answer.
    const fragments = fc
      .array(fc.tuple(length, fc.boolean()), { minLength: 1, maxLength: 6 })
      .filter((parts) => sum(parts.map(([bytes]) => bytes)) > 0);
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fragments, fc.integer({ min: 1, max: 200 }), async (parts, pieces) => {
        const lengths = parts.map(([length]) => length);
        const isLegal = lengths.every((length) => length <= 32_768) && sum(lengths) <= 131_072;
        const connection = await openRaw(endpoint);
        writeInPieces(connection, cutMessage(parts), pieces);
        const received = await readMessage(connection);
        const expected = isLegal
          ? { first: 0x81, payload: Buffer.alloc(sum(lengths), 'message ') }
          : { first: 0x88, payload: closePayload(1009, 'Message too big') };
        expect([received.first, received.payload.equals(expected.payload)]).toEqual([expected.first, true]);
        outcomes.add(isLegal ? 'answered' : 'closed');
        connection.socket.destroy();
      }),
      { numRuns: 150 },
    );
    expect([...outcomes].sort()).toEqual(['answered', 'closed']);
    await expectUnharmed();
  });
});

describe('random templates', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '#if($x)',
      '#end',
      '#else',
      '#set($x = ',
      ')',
      '$input.path("$")',
      '$input.json("$.a[0]")',
      '$util.',
    ),
    fc.constantFrom('#foreach($i in [1..9])', '$i', '#stop', '#evaluate($x)', '$context.', '$x.y(', '"', '#define($x)'),
    fc.string({ maxLength: 5 }),
  );

  it('are refused when they are saved, or answer each message once', async () => {
    const api = `${serving.gateway}/v2/apis/${apiId}`;
    const headers = { 'content-type': 'application/json' };
    const list = async (path: string) =>
      ((await (await fetch(`${api}/${path}`)).json()) as { readonly items: readonly Record<string, string>[] }).items;
    const mock = (await list('integrations')).find(({ integrationType }) => integrationType === 'MOCK');
    const path = `integrations/${mock?.integrationId}/integrationresponses`;
    const [response] = await list(path);
    const connection = await openRaw(endpoint.replace('/test', ''));
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const body = JSON.stringify({ responseTemplates: { $default: `x${pieces.join('')}` } });
        const url = `${api}/${path}/${response?.integrationResponseId}`;
        const { status } = await fetch(url, { method: 'PATCH', headers, body });
        expect([200, 400]).toContain(status);
        statuses.add(status);
        expect(await ask(connection, '{"action":"templated","a":[1]}')).toMatch(
          /^x|^\{"message": "Internal server error"/,
        );
      }),
      { numRuns: 150 },
    );
    expect(statuses).toEqual(new Set([200, 400]));
    connection.socket.destroy();
    await expectUnharmed();
  });
});
