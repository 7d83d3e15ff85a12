import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployApi, type RouteDescription } from './harness/api.ts';
import { type Answer, type BackEnd, startBackEnd } from './harness/back-end.ts';
import { ended, gatewright, type ServingProcess, startServing } from './harness/gatewright.ts';
import { temporaryFolder } from './harness/paths.ts';

const findCommand = (...names: readonly string[]): string =>
  spawnSync('sh', ['-c', names.map((name) => `command -v ${name}`).join(' || ')], { encoding: 'utf8' }).stdout.trim();

const chromium = findCommand('chromium', 'chromium-browser', 'google-chrome');
const python =
  ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import websockets']).status === 0) ?? '';

let serving: ServingProcess;
let backEnd: BackEnd;
/** Of a stage whose `$connect` chooses the subprotocol "b", or refuses with 401 when the query is `refused`. */
let endpoint: string;

beforeAll(async () => {
  serving = await startServing(['serve']);
  backEnd = await startBackEnd(answer);
  const proxy = (routeKey: string): RouteDescription => ({
    routeKey,
    integration: { integrationType: 'HTTP_PROXY', integrationUri: `${backEnd.url}/${routeKey}` },
  });
  ({ endpoint } = await deployApi(serving.gateway, { routes: [proxy('$connect'), proxy('$default')] }));
});

afterAll(async () => {
  await backEnd.close();
  await serving.kill();
});

function answer({ url, body }: { readonly url: string; readonly body: string }): Answer {
  if (url === '/page') return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page() };
  if (url === '/$connect?refused') return { status: 401 };
  return { status: 200, headers: { 'sec-websocket-protocol': 'b' }, body };
}

const addresses = (): readonly string[] => [endpoint, endpoint.replace('ws:', 'wss:')];
const long = 32_768;

/** What a client is to find at each of the addresses. */
const found = {
  protocol: 'b',
  extensions: '',
  answers: ['grüße', long],
  closed: [4001, 'done'],
  binary: [1003, 'Binary is not supported'],
  refused: true,
};

/** A page that tries the addresses in turn and sends what it has found to its server. */
function page(): string {
  return `<!doctype html><script type="module">
    const opened = (socket) => new Promise((resolve) => { socket.onopen = resolve; });
    const message = (socket) => new Promise((resolve) => { socket.onmessage = ({ data }) => resolve(data); });
    const closed = (socket) => new Promise((resolve) => { socket.onclose = ({ code, reason }) => resolve([code, reason]); });
    const ask = (socket, text) => { const answer = message(socket); socket.send(text); return answer; };
    const open = async (address) => {
      const socket = new WebSocket(address, ['a', 'b']);
      const end = closed(socket);
      await opened(socket);
      return { socket, end };
    };
    const results = [];
    for (const address of ${JSON.stringify(addresses())}) {
      const { socket, end } = await open(address);
      const { protocol, extensions } = socket;
      const answers = [await ask(socket, 'grüße'), (await ask(socket, 'x'.repeat(${long}))).length];
      socket.close(4001, 'done');
      const other = await open(address);
      other.socket.send(new Uint8Array([1]));
      const refused = await closed(new WebSocket(address + '?refused'));
      results.push({
        protocol, extensions, answers, closed: await end, binary: await other.end, refused: refused[0] === 1006,
      });
    }
    await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
  </script>`;
}

const script = `
import asyncio, json, ssl, sys, websockets

async def attempt(address, context):
    options = {'ssl': context} if address.startswith('wss') else {}
    async with websockets.connect(address, subprotocols=['a', 'b'], **options) as socket:
        await socket.send('grüße')
        answers = [await socket.recv()]
        await socket.send('x' * ${long})
        answers.append(len(await socket.recv()))
        await socket.close(4001, 'done')
    other = await websockets.connect(address, subprotocols=['a', 'b'], **options)
    await other.send(b'1')
    await other.wait_closed()
    try:
        await websockets.connect(address + '?refused', **options)
        refused = False
    except websockets.InvalidStatusCode as error:
        refused = error.status_code == 401
    return {
        'protocol': socket.subprotocol, 'extensions': ', '.join(str(one) for one in socket.extensions), 'answers': answers,
        'closed': [socket.close_code, socket.close_reason], 'binary': [other.close_code, other.close_reason], 'refused': refused,
    }

async def main():
    context = ssl.create_default_context(cafile=sys.argv[1])
    print(json.dumps([await attempt(address, context) for address in sys.argv[2:]]))

asyncio.run(main())
`;

/** The reason why a client is left out, for the name of its test. */
const unless = (isThere: boolean, what: string): string => (isThere ? '' : ` (skipped: this machine has no ${what})`);

describe.skipIf(!chromium)(`Chromium${unless(chromium !== '', 'Chromium')}`, () => {
  it('talks to the gateway in plain text and over TLS', async () => {
    const profile = await temporaryFolder();
    const browser = spawn(
      chromium,
      [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
        ...['--ignore-certificate-errors', `--user-data-dir=${profile.path}`, `${backEnd.url}/page`],
      ],
      { stdio: 'ignore' },
    );
    try {
      const results = () => backEnd.received.find(({ url }) => url === '/results')?.body;
      await expect.poll(results, { timeout: 50_000 }).toBeDefined();
      expect(JSON.parse(results() ?? '')).toEqual([found, found]);
    } finally {
      browser.kill();
      await ended(browser);
      await profile.remove();
    }
  });
});

describe.skipIf(!python)(`Python’s websockets${unless(python !== '', 'Python with websockets')}`, () => {
  it('talk to the gateway in plain text and over TLS', async () => {
    const certificate = (await gatewright(['certificate'])).stdout.trim();
    const { exitCode, stdout, stderr } = await ended(spawn(python, ['-c', script, certificate, ...addresses()]));
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual([found, found]);
  });
});
