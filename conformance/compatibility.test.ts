import { existsSync, readFileSync } from 'node:fs';
import { operations as table } from '@gatewright/gateway/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServingProcess, startServing } from './harness/gatewright.ts';

const document = readFileSync(new URL('../docs/compatibility.md', import.meta.url), 'utf8');

/** The rows of the table of operations. */
const operations = document
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, , , path]) => path?.startsWith('`/v2/'))
  .map(([, name = '', method = '', path = '', state = '']) => ({
    name,
    method,
    path: path.replaceAll('`', ''),
    state,
  }));

let serving: ServingProcess;

beforeAll(async () => {
  serving = await startServing(['serve']);
});

afterAll(() => serving.kill());

describe('docs/compatibility.md', () => {
  it('has a row for every operation of the model', () => {
    expect(operations.map(({ name }) => name)).toEqual([...table.keys()].sort());
  });

  it.each(operations)('tells the truth of $name: $state', async ({ method, path, state }) => {
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' };
    const response = await fetch(serving.gateway + path.replaceAll(/\{[^}]*\}/g, 'x'), {
      method,
      headers: { 'content-type': 'application/json' },
      ...body,
    });
    const answer = { status: response.status, errorType: response.headers.get('x-amzn-errortype') };
    if (state === 'no') expect(answer).toEqual({ status: 501, errorType: 'NotImplementedException' });
    else expect(answer.status).not.toBe(501);
  });

  it.each(rows())('names tests that exist: $line', ({ isThere, tests }) => {
    if (isThere) expect(tests).not.toEqual([]);
    for (const test of tests) expect(existsSync(new URL(`../${test}`, import.meta.url)), test).toBe(true);
  });
});

/** Every row that says whether something is there, with the paths of the tests it names. */
function rows() {
  let folder = '';
  return document.split('\n').flatMap((line) => {
    folder = /^Tests in `([^`]+)`/.exec(line)?.[1] ?? folder;
    const cells = line.split('|').map((cell) => cell.trim());
    const isThere = cells.some((cell) => /^(yes|partly)$/.test(cell));
    const tests = [...(cells.at(-2) ?? '').matchAll(/`([^`]+\.test\.ts)`/g)].map(([, name = '']) => {
      if (/^(conformance|packages)\//.test(name)) return name;
      return name.includes('/') ? `packages/gateway/src/${name}` : `${folder}/${name}`;
    });
    return isThere || tests.length > 0 ? [{ line, isThere, tests }] : [];
  });
}
