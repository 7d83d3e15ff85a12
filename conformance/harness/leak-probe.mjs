// A gateway that tells its parent what it holds, after everything that can be collected has been.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { up } from 'gatewright';

const { gateway } = await up({});
process.send?.({ gateway });
process.on('message', async () => {
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc?.();
    await nextTurn();
  }
  process.send?.({ heapBytes: process.memoryUsage().heapUsed, resources: process.getActiveResourcesInfo().sort() });
});
