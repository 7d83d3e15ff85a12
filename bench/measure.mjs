import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Of one process: its wall time, the processor time of all its threads in milliseconds, and its peak resident memory.
 *
 * @typedef {{ readonly milliseconds: number, readonly cpu: number, readonly megabytes: number }} Sample
 */

const usageReport = fileURLToPath(new URL('report-usage.mjs', import.meta.url));

/**
 * Runs Node processes in turn, A B A B …, so that a machine whose speed drifts slows all of them, and returns the median of
 * each. The first round fills the caches and does not count.
 *
 * @param {Readonly<Record<string, readonly string[]>>} commands arguments of `node`, by name
 * @param {number} rounds
 * @returns {Promise<Record<string, Sample>>}
 */
export async function compareProcesses(commands, rounds) {
  /** @type {Map<string, Sample[]>} */
  const samples = new Map(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const sample = await runProcess(args);
      if (round > 0) samples.get(name)?.push(sample);
    }
  }
  return Object.fromEntries([...samples].map(([name, all]) => [name, medianSample(all)]));
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<Sample>}
 */
async function runProcess(args) {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-bench-'));
  try {
    const report = join(folder, 'usage');
    const env = { ...process.env, BENCH_USAGE_REPORT: report, REDOCLY_TELEMETRY: 'off', NO_COLOR: '1' };
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, ['--import', usageReport, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        output = (output + data).slice(-2000);
      });
    const [exitCode] = await once(child, 'close');
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (exitCode !== 0) throw new Error(`"node ${args.join(' ')}" ended with ${exitCode}:\n${output}`);
    return { milliseconds, ...JSON.parse(await readFile(report, 'utf8')) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {readonly Sample[]} samples */
function medianSample(samples) {
  return {
    milliseconds: median(samples.map(({ milliseconds }) => milliseconds)),
    cpu: median(samples.map(({ cpu }) => cpu)),
    megabytes: median(samples.map(({ megabytes }) => megabytes)),
  };
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * @param {readonly number[]} values
 * @param {number} part of the values, from 0 to less than 1, that are smaller
 */
export function quantile(values, part) {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length * part)] ?? Number.NaN;
}

/**
 * One line: what was measured, the ratio, and the bar it is held against.
 *
 * @param {string} name
 * @param {number} ratio
 * @param {number} bar
 * @param {string} detail
 */
export function showRatio(name, ratio, bar, detail) {
  const verdict = ratio <= bar ? 'ok  ' : 'OVER';
  console.log(`${verdict} ${name.padEnd(58)} ${ratio.toFixed(2).padStart(6)} ×  (bar ${bar})  ${detail}`);
}
