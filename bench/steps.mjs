import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatewright, redocly } from './commands.mjs';
import { compareProcesses, showRatio } from './measure.mjs';
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
    for (const count of [4500, 9000]) {
      const path = join(folder, `again-${count}.arazzo.json`);
      await writeFile(path, JSON.stringify(arazzoAgain(count)));
      documents.set(`again ${count}`, path);
    }
    const ours = (/** @type {number | string} */ count) => [gatewright, 'run', documents.get(count)];
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
    for (const [what, unit] of /** @type {const} */ ([
      ['milliseconds', 'wall time'],
      ['cpu', 'processor time'],
    ])) {
      const perStep = (/** @type {string} */ name) =>
        ((measured[`${name} many`]?.[what] ?? 0) - (measured[`${name} 1`]?.[what] ?? 0)) / (many - 1);
      const show = (/** @type {string} */ name, /** @type {string} */ other, /** @type {number} */ bar) => {
        const detail = `${perStep('ours').toFixed(3)} ms beside ${perStep(other).toFixed(3)} ms a step`;
        showRatio(`a step / ${name}, ${unit}`, perStep('ours') / perStep(other), bar, detail);
      };
      show('Respect', 'respect', 0.7);
      show('a bare loop over the same transport', 'bare', 1.6);
    }
    await measureGrowth(ours, bare);
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}

/**
 * Twice the steps, twice the time: the second half of 5,000 steps costs what the first does. Of a document that is twice as
 * long the memory holds twice as much, but nothing of a step that is done: the same step, done twice as often, needs no more
 * (so often that the heap has the size that V8 lets it have before it tidies up). What a step takes that was done 4,500 times
 * is what it takes once V8 has compiled it.
 *
 * @param {(count: number | string) => string[]} ours
 * @param {(count: number) => string[]} bare
 */
async function measureGrowth(ours, bare) {
  const { small, half, whole, often, twice, bareOften, bareTwice } = await compareProcesses(
    {
      ...{ small: ours(1250), half: ours(2500), whole: ours(5000) },
      ...{ often: ours('again 4500'), twice: ours('again 9000'), bareOften: bare(4500), bareTwice: bare(9000) },
    },
    3,
  );
  if (!small || !half || !whole || !often || !twice || !bareOften || !bareTwice) return;
  const compiled = (twice.milliseconds - often.milliseconds) / 4500;
  const compiledBare = (bareTwice.milliseconds - bareOften.milliseconds) / 4500;
  const perStep = `${compiled.toFixed(3)} ms beside ${compiledBare.toFixed(3)} ms a step`;
  showRatio('a step once it is compiled / a bare loop, wall time', compiled / compiledBare, 1.6, perStep);
  const early = half.cpu - small.cpu;
  const late = (whole.cpu - half.cpu) / 2;
  const times = `${late.toFixed(0)} ms beside ${early.toFixed(0)} ms of processor time`;
  showRatio('steps 2,500–5,000 / steps 1,250–2,500, each', late / early, 1.3, times);
  const written = `${whole.megabytes.toFixed(0)} MB beside ${half.megabytes.toFixed(0)} MB`;
  showRatio(
    'peak memory of 5,000 steps, document included / of 2,500',
    whole.megabytes / half.megabytes,
    1.25,
    written,
  );
  const done = `${twice.megabytes.toFixed(0)} MB beside ${often.megabytes.toFixed(0)} MB`;
  showRatio('peak memory of one step done 9,000 times / 4,500 times', twice.megabytes / often.megabytes, 1.1, done);
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

/**
 * One step that goes back to itself: each answer names the next item, which the server counts.
 *
 * @param {number} count
 */
function arazzoAgain(count) {
  const again = `$response.body#/turn < ${count}`;
  const steps = [
    { stepId: 'first', operationId: 'read', parameters: [{ name: 'id', in: 'path', value: 'begin' }] },
    {
      stepId: 'again',
      operationId: 'read',
      parameters: [{ name: 'id', in: 'path', value: 'turn' }],
      successCriteria: [{ condition: '$statusCode == 200' }],
      outputs: { next: '$response.body#/next' },
      onSuccess: [{ name: 'again', type: 'goto', stepId: 'again', criteria: [{ condition: again }] }],
    },
  ];
  return { ...arazzo(1), workflows: [{ workflowId: 'w', steps, outputs: { last: '$steps.again.outputs.next' } }] };
}

/** @param {string} url */
function openApi(url) {
  const schema = {
    type: 'object',
    required: ['next'],
    properties: { next: { type: 'string' }, turn: { type: 'integer' } },
  };
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
