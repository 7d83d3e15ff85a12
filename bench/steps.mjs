import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatewright, redocly } from './commands.mjs';
import { compareProcesses, runProcess, showRatio } from './measure.mjs';
import { startServer } from './server.mjs';

const bareLoop = fileURLToPath(new URL('bare-loop.mjs', import.meta.url));

/** What one more step costs: sequential GET steps, each of which uses the output of the one before. */
export async function measureSteps() {
  const server = await startServer();
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-bench-'));
  try {
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(openApi(server.url)));
    const documents = new Map();
    for (const count of [1, 1250, 2000, 2500, 5000]) {
      const path = join(folder, `${count}.arazzo.json`);
      await writeFile(path, JSON.stringify(arazzo(count)));
      documents.set(count, path);
    }
    const ours = (/** @type {number} */ count) => [gatewright, 'run', documents.get(count)];
    const respect = (/** @type {number} */ count) => [redocly, 'respect', documents.get(count)];
    const bare = (/** @type {number} */ count) => [bareLoop, server.url, String(count)];
    const many = 2000;
    const measured = await compareProcesses(
      {
        'ours 1': ours(1),
        'ours many': ours(many),
        'respect 1': respect(1),
        'respect many': respect(many),
        'bare 1': bare(1),
        'bare many': bare(many),
      },
      3,
    );
    const perStep = (/** @type {string} */ name) =>
      ((measured[`${name} many`]?.milliseconds ?? 0) - (measured[`${name} 1`]?.milliseconds ?? 0)) / (many - 1);
    const detail = (/** @type {string} */ other) =>
      `${perStep('ours').toFixed(3)} ms beside ${perStep(other).toFixed(3)} ms a step`;
    showRatio('a step / Respect', perStep('ours') / perStep('respect'), 0.7, detail('respect'));
    showRatio('a step / a bare loop over the same transport', perStep('ours') / perStep('bare'), 1.6, detail('bare'));
    await measureGrowth(ours);
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}

/**
 * Twice the steps, twice the time: the second half of 5,000 steps costs what the first does, and memory does not follow.
 *
 * @param {(count: number) => string[]} ours
 */
async function measureGrowth(ours) {
  const [small, half, whole] = [
    await runProcess(ours(1250)),
    await runProcess(ours(2500)),
    await runProcess(ours(5000)),
  ];
  const early = half.milliseconds - small.milliseconds;
  const late = (whole.milliseconds - half.milliseconds) / 2;
  showRatio(
    'steps 2,500–5,000 / steps 1,250–2,500, each',
    late / early,
    1.3,
    `${late.toFixed(0)} ms beside ${early.toFixed(0)} ms`,
  );
  const memory = `${whole.megabytes.toFixed(0)} MB beside ${half.megabytes.toFixed(0)} MB`;
  showRatio('peak memory of 5,000 steps / of 2,500', whole.megabytes / half.megabytes, 1.3, memory);
}

/** @param {number} count */
function arazzo(count) {
  const steps = Array.from({ length: count }, (_, index) => ({
    stepId: `s${index}`,
    operationId: 'read',
    parameters: [{ name: 'id', in: 'path', value: index === 0 ? '0' : `$steps.s${index - 1}.outputs.next` }],
    successCriteria: [{ condition: '$statusCode == 200' }],
    outputs: { next: '$response.body#/next' },
  }));
  return {
    arazzo: '1.0.1',
    info: { title: `${count} steps`, version: '1.0.0' },
    sourceDescriptions: [{ name: 'api', url: 'openapi.json', type: 'openapi' }],
    workflows: [{ workflowId: 'w', steps, outputs: { last: `$steps.s${count - 1}.outputs.next` } }],
  };
}

/** @param {string} url */
function openApi(url) {
  const schema = { type: 'object', required: ['next'], properties: { next: { type: 'string' } } };
  return {
    openapi: '3.1.0',
    info: { title: 'A chain', version: '1.0.0' },
    servers: [{ url }],
    security: [],
    paths: {
      '/items/{id}': {
        get: {
          operationId: 'read',
          summary: 'Read',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
        },
      },
    },
  };
}
