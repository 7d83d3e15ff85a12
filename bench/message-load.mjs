import { createServer } from 'node:http';
import { WebSocket } from 'ws';
import { quantile } from './measure.mjs';

/**
 * The clients of a stage, and the back end that echoes what they send, in a process of their own. Told the stage's address, it
 * connects; told a rate and a duration, it sends at that rate over all connections in turn, and answers with the 99th percentile.
 * The time of a message runs from when it was to be sent, so that what holds one back counts for those behind it as well.
 */
const connectionCount = 200;

const backEnd = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  request.pipe(response);
});
backEnd.listen(0, '127.0.0.1', () => {
  const address = backEnd.address();
  if (address === null || typeof address === 'string') throw new Error('The back end has no port.');
  tell({ url: `http://127.0.0.1:${address.port}/` });
});

/** @type {WebSocket[]} */
let sockets = [];
/** When each message that is not yet answered was to be sent, by its number. @type {Map<number, number>} */
const pending = new Map();
/** @type {number[]} */
let samples = [];
let count = 0;

process.on('message', async (/** @type {{ endpoint?: string, rate?: number, seconds?: number }} */ order) => {
  const { endpoint, rate = 0, seconds = 0 } = order;
  if (endpoint !== undefined) {
    sockets = await Promise.all(Array.from({ length: connectionCount }, () => connect(endpoint)));
    tell({ connected: sockets.length });
    return;
  }
  samples = [];
  await sendAll(rate, rate * seconds);
  while (pending.size > 0) await pause(5);
  tell({ milliseconds: quantile(samples, 0.99), answered: samples.length });
});
process.on('disconnect', () => process.exit());

/**
 * @param {string} endpoint
 * @returns {Promise<WebSocket>}
 */
function connect(endpoint) {
  const socket = new WebSocket(endpoint);
  socket.on('message', (data) => {
    const { id } = JSON.parse(String(data));
    const intended = pending.get(id);
    if (intended === undefined) throw new Error(`What came back is no echo: ${data}`);
    pending.delete(id);
    samples.push(performance.now() - intended);
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

/**
 * @param {number} rate messages a second
 * @param {number} total
 */
async function sendAll(rate, total) {
  const start = performance.now();
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * rate) / 1000));
    while (sent < due) {
      sent += 1;
      count += 1;
      pending.set(count, start + (sent * 1000) / rate);
      sockets[count % sockets.length]?.send(`{"action":"echo","id":${count}}`);
    }
    await pause(1);
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** @param {object} report */
function tell(report) {
  process.send?.(report);
}
