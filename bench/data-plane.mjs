import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gatewright } from './commands.mjs';
import { median, showRatio } from './measure.mjs';

const messageLoad = fileURLToPath(new URL('message-load.mjs', import.meta.url));

const rounds = 15;
/** Until then V8 compiles what messages and writes run through, on threads that the gateway's own then waits for. */
const roundsToWarmUp = 12;
const seconds = 2;
const messagesPerSecond = 500;
const writesPerSecond = 200;

/**
 * What messages wait for while the configuration is written: the 99th percentile of their times with durable writes beside it
 * without, in rounds that take turns, once the code is compiled. Gateway, clients and writer are three processes.
 */
export async function measureDataPlane() {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-bench-'));
  const load = fork(messageLoad, { stdio: 'inherit' });
  const started = once(load, 'message');
  const serve = ['serve', '--store', `sqlite:${join(folder, 'gateway.db')}`, '--port', '0', '--json'];
  const gateway = spawn(process.execPath, [gatewright, ...serve], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [{ url: backEnd }] = await started;
    const { gateway: url } = await readyOf(gateway);
    const served = await createServedApi(url, backEnd);
    await order(load, { endpoint: served.endpoint });
    const targets = [served.path, ...(await createOtherApis(url))];
    const round = () => order(load, { rate: messagesPerSecond, seconds });
    for (let warmUp = 0; warmUp < roundsToWarmUp; warmUp += 1) await besideWrites(targets, round);
    /** @type {number[]} */
    const rates = [];
    const [without, beside] = await takeTurns(round, async () => {
      const { rate, ...result } = await besideWrites(targets, round);
      rates.push(rate);
      return result;
    });
    const rateOfBoth = `${messagesPerSecond} messages of 200 clients and ${median(rates).toFixed(0)} writes a second`;
    const detail = `${beside.toFixed(2)} ms beside ${without.toFixed(2)} ms, ${rateOfBoth}`;
    showRatio('p99 of messages beside durable writes / without', beside / without, 1.5, detail);
  } finally {
    agent.destroy();
    load.kill();
    gateway.kill();
    await rm(folder, { recursive: true });
  }
}

/** @typedef {() => Promise<{ readonly milliseconds: number, readonly answered: number }>} Round */

/**
 * @param {Round} first
 * @param {Round} second
 * @returns {Promise<[number, number]>}
 */
async function takeTurns(first, second) {
  /** @type {number[]} */
  const firsts = [];
  /** @type {number[]} */
  const seconds = [];
  for (let round = 0; round < rounds; round += 1) {
    firsts.push((await first()).milliseconds);
    seconds.push((await second()).milliseconds);
  }
  return [median(firsts), median(seconds)];
}

/**
 * Writes as long as the round takes, to one integration after the other.
 *
 * @param {readonly string[]} targets
 * @param {Round} round
 * @returns {Promise<Awaited<ReturnType<Round>> & { readonly rate: number }>} and how many writes were acknowledged a second
 */
async function besideWrites(targets, round) {
  let isOver = false;
  const start = performance.now();
  const writing = (async () => {
    /** @type {Promise<void>[]} */
    const writes = [];
    while (!isOver) {
      const due = Math.floor(((performance.now() - start) * writesPerSecond) / 1000);
      while (writes.length < due) writes.push(write(targets, writes.length));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(writes);
    return (writes.length * 1000) / (performance.now() - start);
  })();
  const result = await round();
  isOver = true;
  return { ...result, rate: await writing };
}

/**
 * @param {readonly string[]} targets
 * @param {number} index
 */
async function write(targets, index) {
  const template = JSON.stringify({ statusCode: 200, text: `${index} ${'x'.repeat(1000)}` });
  await call('PATCH', targets[index % targets.length] ?? '', { requestTemplates: { $default: template } });
}

/** @param {import('node:child_process').ChildProcess} gateway */
async function readyOf(gateway) {
  if (!gateway.stdout) throw new Error('The gateway prints nothing.');
  for await (const line of createInterface({ input: gateway.stdout })) {
    const record = JSON.parse(line);
    if (record.kind !== 'ready') continue;
    gateway.stdout.resume();
    return record;
  }
  throw new Error('The gateway ended before it was ready.');
}

/**
 * An API with a deployed route that echoes, and an integration that is not of that route, for changing.
 *
 * @param {string} url
 * @param {string} backEnd
 */
async function createServedApi(url, backEnd) {
  const path = await createApi(url);
  const echo = await call('POST', `${path}/integrations`, { integrationType: 'HTTP_PROXY', integrationUri: backEnd });
  const route = { routeKey: 'echo', target: `integrations/${echo.integrationId}` };
  const { routeId } = await call('POST', `${path}/routes`, route);
  await call('POST', `${path}/routes/${routeId}/routeresponses`, { routeResponseKey: '$default' });
  const integration = await createIntegration(path);
  const { deploymentId } = await call('POST', `${path}/deployments`, {});
  await call('POST', `${path}/stages`, { stageName: 'bench', deploymentId });
  const { apiEndpoint } = await call('GET', path);
  return { endpoint: `${apiEndpoint}/bench`, path: integration };
}

/** @param {string} url */
function createOtherApis(url) {
  return Promise.all(Array.from({ length: 19 }, async () => createIntegration(await createApi(url))));
}

/** @param {string} url */
async function createApi(url) {
  const api = { name: 'bench', protocolType: 'WEBSOCKET', routeSelectionExpression: '$request.body.action' };
  return `${url}/v2/apis/${(await call('POST', `${url}/v2/apis`, api)).apiId}`;
}

/** @param {string} path */
async function createIntegration(path) {
  const { integrationId } = await call('POST', `${path}/integrations`, { integrationType: 'MOCK' });
  return `${path}/integrations/${integrationId}`;
}

/** Bare and kept, so that the writer takes little of the processors that it shares with the gateway. */
const agent = new Agent({ keepAlive: true });

/**
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<Record<string, string>>}
 */
async function call(method, url, body) {
  const content = body === undefined ? '' : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) };
  const sent = request(url, { agent, method, headers });
  sent.end(content);
  /** @type {import('node:http').IncomingMessage[]} */
  const [response] = await once(sent, 'response');
  if (!response) throw new Error(`${method} ${url} was not answered.`);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  if (response.statusCode !== 200 && response.statusCode !== 201)
    throw new Error(`${method} ${url}: ${response.statusCode} ${text}`);
  return JSON.parse(text);
}

/**
 * Tells the load what to do, and waits until it is done.
 *
 * @param {import('node:child_process').ChildProcess} load
 * @param {object} message
 */
async function order(load, message) {
  const done = once(load, 'message');
  load.send(message);
  const [report] = await done;
  return report;
}
