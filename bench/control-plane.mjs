import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore, openSqliteStore, startGateway } from '@gatewright/gateway';
import { median, showRatio } from './measure.mjs';

/** The driver that the gateway itself uses. */
const requireOfGateway = createRequire(import.meta.resolve('@gatewright/gateway'));

/** What the control plane costs as what it keeps grows: each beside the same with little in it, over HTTP. */
export async function measureControlPlane() {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-bench-'));
  try {
    await measureRoutes('memory', createMemoryStore());
    await measureRoutes('SQLite', await openSqliteStore(join(folder, 'routes.db')));
    await measureDeployments(await openSqliteStore(join(folder, 'deployments.db')));
    const [small, large] = [join(folder, 'small.db'), join(folder, 'large.db')];
    await fill(small, 100, 0);
    await fill(large, 1000, 50);
    await measurePage(small, large);
    await measureOpening(large);
    await measureWrite(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @typedef {import('@gatewright/gateway').Store} Store */
/** @typedef {(method: string, path: string, body?: object) => Promise<Record<string, string>>} Call */

/**
 * @param {Store} store
 * @param {(call: Call) => Promise<void>} task
 */
async function withGateway(store, task) {
  const gateway = await startGateway({ store, port: 0 });
  try {
    await task(async (method, path, body) => {
      const response = await fetch(gateway.url + path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? {} : JSON.parse(text);
    });
  } finally {
    await gateway.close();
    await store.close();
  }
}

/** @param {() => Promise<unknown>} task */
async function time(task) {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** @param {Call} call */
async function createApi(call) {
  const api = { name: 'bench', protocolType: 'WEBSOCKET', routeSelectionExpression: '$request.body.action' };
  return (await call('POST', '/v2/apis', api)).apiId ?? '';
}

const template = JSON.stringify({ text: 'x'.repeat(4000) });

/**
 * The 300th route of an API beside its first, with a template of 4 KB in every integration.
 *
 * @param {string} name
 * @param {Store} store
 */
async function measureRoutes(name, store) {
  /** @type {number[]} */
  const samples = [];
  await withGateway(store, async (call) => {
    // The first round warms the code up.
    await timeRoutes(call);
    for (let round = 0; round < 7; round += 1) samples.push(...(await timeRoutes(call)));
  });
  // Ten of each end of an API stand for its first route and its last.
  const first = samples.filter((_, index) => index % 300 < 10);
  const last = samples.filter((_, index) => index % 300 >= 290);
  showBeside(`the 300th route / the first, ${name}`, median(last), median(first), 2);
}

/**
 * The time that each of the 300 routes of an API took.
 *
 * @param {Call} call
 */
async function timeRoutes(call) {
  const path = `/v2/apis/${await createApi(call)}`;
  /** @type {number[]} */
  const samples = [];
  for (let index = 0; index < 300; index += 1) {
    const integration = { integrationType: 'MOCK', requestTemplates: { $default: template } };
    const { integrationId } = await call('POST', `${path}/integrations`, integration);
    const route = { routeKey: `key${index}`, target: `integrations/${integrationId}` };
    samples.push(await time(() => call('POST', `${path}/routes`, route)));
  }
  return samples;
}

/**
 * A write on an API that was deployed 1,000 times beside one on an API that never was.
 *
 * @param {Store} store
 */
async function measureDeployments(store) {
  /** @type {number[]} */
  const samples = [];
  await withGateway(store, async (call) => {
    const [never = '', often = ''] = [await createApi(call), await createApi(call)];
    await call('POST', `/v2/apis/${often}/routes`, { routeKey: 'join' });
    for (let count = 0; count < 1000; count += 1) await call('POST', `/v2/apis/${often}/deployments`, {});
    // Turn by turn; the first forty warm the code up.
    for (let turn = 0; turn < 440; turn += 1) {
      const path = `/v2/apis/${turn % 2 === 0 ? never : often}`;
      samples.push(await time(() => call('PATCH', path, { description: `turn ${turn}` })));
    }
  });
  const [none, thousand] = [0, 1].map((rest) => median(samples.filter((_, turn) => turn >= 40 && turn % 2 === rest)));
  showBeside('a write on an API of 1,000 deployments / of none', thousand ?? 0, none ?? 0, 1.5);
}

/**
 * @param {string} path
 * @param {number} apis
 * @param {number} routes
 */
async function fill(path, apis, routes) {
  await withGateway(await openSqliteStore(path), async (call) => {
    // Writers side by side share the disk's syncs.
    const lanes = Array.from({ length: 50 }, async (_, lane) => {
      for (let index = lane; index < apis; index += 50) {
        const apiId = await createApi(call);
        for (let route = 0; route < routes; route += 1) {
          await call('POST', `/v2/apis/${apiId}/routes`, { routeKey: `key${route}` });
        }
      }
    });
    await Promise.all(lanes);
  });
}

/**
 * @param {string} small
 * @param {string} large
 */
async function measurePage(small, large) {
  /** @param {string} path */
  const measure = async (path) => {
    /** @type {number[]} */
    const samples = [];
    await withGateway(await openSqliteStore(path), async (call) => {
      for (let round = 0; round < 120; round += 1) {
        const milliseconds = await time(() => call('GET', '/v2/apis?maxResults=100'));
        if (round >= 20) samples.push(milliseconds);
      }
    });
    return median(samples);
  };
  const [empty, full] = [await measure(small), await measure(large)];
  showBeside('100 of 1,000 APIs of 50 routes / 100 empty APIs', full, empty, 2);
}

/** @param {string} path */
async function measureOpening(path) {
  /** @type {number[]} */
  const opening = [];
  /** @type {number[]} */
  const reading = [];
  for (let round = 0; round < 7; round += 1) {
    reading.push(await time(() => readFile(path)));
    /** @type {Store | undefined} */
    let store;
    opening.push(
      await time(async () => {
        store = await openSqliteStore(path);
      }),
    );
    await store?.close();
  }
  showBeside('opening a store of 1,000 APIs of 50 routes / reading it', median(opening), median(reading), 3);
}

/**
 * A durable write beside a bare commit of the same bytes, synced as ours is.
 *
 * @param {string} folder
 */
async function measureWrite(folder) {
  const value = 'x'.repeat(700);
  const bare = join(folder, 'bare.db');
  const Libsql = requireOfGateway('libsql');
  const database = new Libsql(bare);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT)');
  const log = await open(`${bare}-wal`, 'r+');
  const insert = database.prepare('INSERT INTO t VALUES (?, ?)');
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const theirs = [];
  await withGateway(await openSqliteStore(join(folder, 'write.db')), async (call) => {
    for (let round = 0; round < 400; round += 1) {
      const write = await time(() => createApi(call));
      const commit = await time(() => {
        database.exec('BEGIN IMMEDIATE');
        insert.run(`k${round}`, value);
        database.exec('COMMIT');
        return log.datasync();
      });
      if (round < 50) continue;
      ours.push(write);
      theirs.push(commit);
    }
  });
  await log.close();
  database.close();
  showBeside('a durable write over HTTP / a bare commit of its bytes', median(ours), median(theirs), 3);
}

/**
 * @param {string} name
 * @param {number} ours
 * @param {number} theirs
 * @param {number} bar
 */
function showBeside(name, ours, theirs, bar) {
  showRatio(name, ours / theirs, bar, `${ours.toFixed(2)} ms beside ${theirs.toFixed(2)} ms`);
}
