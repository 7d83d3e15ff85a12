import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * How long `gatewright --version` takes beside an empty Node process: medians of interleaved runs, whole processes.
 * The bar is 1.5 × the empty process plus 60 ms.
 */
const runs = 21;
const executable = fileURLToPath(new URL('../packages/cli/bin/gatewright.js', import.meta.url));
const commands = { empty: ['-e', '0'], version: [executable, '--version'] };

/** @type {Record<string, number[]>} */
const times = { empty: [], version: [] };
for (let run = 0; run <= runs; run += 1) {
  for (const [name, args] of Object.entries(commands)) {
    const start = process.hrtime.bigint();
    const { status } = spawnSync(process.execPath, args);
    if (status !== 0) throw new Error(`"node ${args.join(' ')}" ended with ${status}.`);
    // The first run of each fills the caches and does not count.
    if (run > 0) times[name]?.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
}

const empty = median(times.empty ?? []);
const version = median(times.version ?? []);
const bar = 1.5 * empty + 60;
console.log(`node -e 0             ${empty.toFixed(1)} ms`);
console.log(`gatewright --version  ${version.toFixed(1)} ms  (${(version / empty).toFixed(2)} ×)`);
console.log(`bar                   ${bar.toFixed(1)} ms  (${(version / bar).toFixed(2)} of it used)`);

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
