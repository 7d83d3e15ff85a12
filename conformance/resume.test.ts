import { spawn } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type BackEnd, type ReceivedRequest, startBackEnd } from './harness/back-end.ts';
import { ended, executable, gatewright, type JsonRecord } from './harness/gatewright.ts';
import { temporaryFolder } from './harness/paths.ts';

const operation = (operationId: string) => ({
  operationId,
  requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
  responses: { 201: { description: 'Created.' } },
});
const api = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: { '/carts': { post: operation('createCart') }, '/orders': { post: operation('createOrder') } },
};
const document = {
  arazzo: '1.0.1',
  info: { title: 'Shop', version: '1' },
  sourceDescriptions: [{ name: 'shop', url: 'shop.json' }],
  workflows: [
    {
      workflowId: 'buy',
      inputs: {
        type: 'object',
        required: ['what', 'token'],
        properties: { what: { type: 'string' }, token: { type: 'string', format: 'password' } },
      },
      steps: [
        {
          stepId: 'cart',
          operationId: 'createCart',
          requestBody: { payload: { what: '$inputs.what', token: '$inputs.token' } },
          outputs: { id: '$response.body#/id', token: '$request.body#/token' },
        },
        {
          stepId: 'order',
          operationId: 'createOrder',
          requestBody: { payload: { cart: '$steps.cart.outputs.id', token: '{$steps.cart.outputs.token}!' } },
          outputs: { id: '$response.body#/id' },
        },
      ],
      outputs: { order: '$steps.order.outputs.id' },
    },
  ],
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let answer: (request: ReceivedRequest) => Answer | Promise<Answer>;
let backEnd: BackEnd;

const created: Answer = { status: 201, headers: { 'content-type': 'application/json' }, body: '{"id":"c1"}' };

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, 'shop.json'), JSON.stringify(api));
  await writeFile(join(folder.path, 'shop.arazzo.json'), JSON.stringify(document));
  backEnd = await startBackEnd((request) => answer(request));
});

afterEach(async () => {
  await backEnd.close();
  await folder.remove();
});

const secret = ['-i', 'token=s3cr3t'];
const run = (...args: readonly string[]) =>
  gatewright(args, { env: { XDG_STATE_HOME: folder.path }, cwd: folder.path });
const begin = () => ['run', 'shop.arazzo.json', '-i', 'what=tea', ...secret, '--server', `shop=${backEnd.url}`];
const list = async () =>
  (await run('runs', 'list', '--json')).stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonRecord);
const paths = () => backEnd.received.map(({ url }) => url);

const failAtOrder = ({ url }: ReceivedRequest): Answer =>
  url === '/orders' ? { status: 503, body: 'Later.' } : created;

/** Begins a run and kills it while the order is not answered. */
async function killAtOrder(): Promise<string> {
  let reached = (): void => {};
  const waiting = new Promise<void>((resolve) => {
    reached = resolve;
  });
  answer = ({ url }) => {
    if (url !== '/orders') return created;
    reached();
    return new Promise(() => {});
  };
  const env = { ...process.env, XDG_STATE_HOME: folder.path };
  const child = spawn(process.execPath, [executable, ...begin()], { cwd: folder.path, env });
  await waiting;
  child.kill('SIGKILL');
  await ended(child);
  return String((await list())[0]?.id);
}

describe('gatewright run --resume', () => {
  it('goes on from the step that failed, with what was done before, and sends nothing twice', async () => {
    answer = failAtOrder;
    const failed = await run(...begin());
    expect(failed.exitCode).toBe(1);
    const id = /To go on from there: gatewright run --resume (\S+)\n$/.exec(failed.stdout)?.[1] ?? '';
    expect(await list()).toMatchObject([{ kind: 'run', id, progress: 'failed', next: 'buy/order', isUnknown: false }]);
    answer = () => created;
    const { exitCode, stdout } = await run('run', '--resume', id, ...secret);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/order +c1\n/);
    expect(paths()).toEqual(['/carts', '/orders', '/orders']);
    expect(JSON.parse(backEnd.received[2]?.body ?? '')).toEqual({ cart: 'c1', token: 's3cr3t!' });
    expect(await list()).toEqual([]);
  });

  it('keeps no secrets, where its owner alone can read, and wants them again', async () => {
    answer = failAtOrder;
    await run(...begin());
    const runs = join(folder.path, 'gatewright', 'runs');
    const [name = ''] = await readdir(runs);
    const journal = await readFile(join(runs, name), 'utf8');
    expect(journal).toContain('"what":"tea"');
    expect(journal).not.toContain('s3cr3t');
    expect([(await stat(runs)).mode & 0o777, (await stat(join(runs, name))).mode & 0o777]).toEqual([0o700, 0o600]);
    const { exitCode, stderr } = await run('run', '--resume', name.replace('.jsonl', ''));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Secrets are not kept: give them again with -i token=…. Nothing was sent.');
    expect(paths()).toEqual(['/carts', '/orders']);
  });

  it('keeps no input that is never to be shown', async () => {
    answer = failAtOrder;
    await run(...begin(), '--mask', 'What');
    const runs = join(folder.path, 'gatewright', 'runs');
    const [name = ''] = await readdir(runs);
    expect(await readFile(join(runs, name), 'utf8')).not.toContain('tea');
    const id = name.replace('.jsonl', '');
    expect((await run('run', '--resume', id, ...secret)).stderr).toContain('give them again with -i what=…');
    answer = () => created;
    const { exitCode, stdout } = await run('run', '--resume', id, ...secret, '-i', 'what=tea', '--json');
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(/tea"|s3cr3t/);
  });

  it('does not send again, unasked, what was sent and not answered when it was killed', async () => {
    const id = await killAtOrder();
    expect(await list()).toMatchObject([{ progress: 'unfinished', next: 'buy/order', isUnknown: true }]);
    const refused = await run('run', '--resume', id, ...secret);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('What came of the request of buy/order is not known: it may have taken effect.');
    expect(paths()).toEqual(['/carts', '/orders']);
    answer = () => created;
    expect((await run('run', '--resume', id, '--retry-unknown', ...secret)).exitCode).toBe(0);
    expect(paths()).toEqual(['/carts', '/orders', '/orders']);
  });

  it('goes on after several failures', async () => {
    answer = failAtOrder;
    await run(...begin());
    const id = String((await list())[0]?.id);
    expect((await run('run', '--resume', id, ...secret)).stdout).toContain(`gatewright run --resume ${id}`);
    answer = () => created;
    expect((await run('run', '--resume', id, ...secret)).exitCode).toBe(0);
    expect(paths()).toEqual(['/carts', '/orders', '/orders', '/orders']);
  });

  it('lets one of several processes go on that begin at the same moment', async () => {
    answer = failAtOrder;
    await run(...begin());
    const id = String((await list())[0]?.id);
    let release = (_: Answer): void => {};
    const othersEnded = new Promise<Answer>((resolve) => {
      release = resolve;
    });
    answer = () => othersEnded;
    let ended = 0;
    const processes = [1, 2, 3, 4].map(async () => {
      const result = await run('run', '--resume', id, ...secret);
      ended += 1;
      if (ended === 3) release(created);
      return result;
    });
    const results = await Promise.all(processes);
    expect(results.map(({ exitCode }) => exitCode).sort()).toEqual([0, 2, 2, 2]);
    for (const { exitCode, stderr } of results) {
      if (exitCode === 2) expect(stderr).toContain(`The run "${id}" is under way, in the process`);
    }
    expect(paths()).toEqual(['/carts', '/orders', '/orders']);
  });

  it('keeps nothing of runs that succeed, do nothing, or are tried out', async () => {
    answer = () => created;
    expect((await run(...begin())).exitCode).toBe(0);
    answer = () => ({ status: 500 });
    expect((await run(...begin())).stdout).not.toContain('--resume');
    expect((await run(...begin(), '--mock')).exitCode).toBe(0);
    expect(await list()).toEqual([]);
  });

  it('runs all the same where no journal can be kept, and says so', async () => {
    answer = () => created;
    await writeFile(join(folder.path, 'gatewright'), 'a file in the way');
    const { exitCode, stderr } = await run(...begin());
    expect(exitCode).toBe(0);
    expect(stderr).toContain('This run cannot be gone on with if it fails, since no journal can be kept');
  });

  describe.skipIf(process.platform === 'win32')('on a disk that becomes full', () => {
    /** Runs where no file may be longer than so many blocks of 512 or 1024 bytes. */
    const runWithin = (blocks: number, ...args: readonly string[]) => {
      const line = `ulimit -f ${blocks}; exec "$0" "$@"`;
      const env = { ...process.env, XDG_STATE_HOME: folder.path };
      return ended(spawn('sh', ['-c', line, process.execPath, executable, ...args], { cwd: folder.path, env }));
    };

    it('sends nothing that the journal would not know of, and keeps what it knows', async () => {
      answer = () => ({ ...created, body: JSON.stringify({ id: 'c'.repeat(10_000) }) });
      const { exitCode, stderr } = await runWithin(4, ...begin());
      expect(stderr).toContain('The journal of the run cannot be written: ');
      expect(exitCode).toBe(3);
      expect(paths()).toEqual(['/carts']);
      expect(await list()).toMatchObject([{ next: 'buy/cart', isUnknown: true }]);
    });

    it('leaves nothing of a journal that cannot be begun', async () => {
      answer = () => created;
      const { exitCode, stderr } = await runWithin(4, ...begin(), '-i', `what=${'w'.repeat(10_000)}`);
      expect(stderr).toContain('since no journal can be kept');
      expect(exitCode).toBe(0);
      expect(await readdir(join(folder.path, 'gatewright', 'runs'))).toEqual([]);
    });
  });

  it.each([
    [['run', '--resume', 'nothing'], 'There is no run "nothing": gatewright runs list shows those that there are.'],
    [['run', '--resume', '../../etc/passwd'], 'There is no run "../../etc/passwd"'],
    [['run', 'shop.arazzo.json', '--resume', 'x'], 'With --resume, the run knows its document: give the id alone.'],
    [['run', '--resume', 'x', '--server-var', 'port=1'], "cannot be used with option '--server-var"],
    [['run', '--resume', 'x', '--strict'], "cannot be used with option '--strict'"],
    [['run'], 'Name the Arazzo document to run'],
    [['runs', 'delete', 'nothing'], 'There is no run "nothing"'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stderr } = await run(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('gatewright runs', () => {
  it('lists the runs that can be gone on with, and deletes them', async () => {
    expect((await run('runs', 'list')).stdout).toBe('There are no runs to go on with.\n');
    answer = failAtOrder;
    await run(...begin());
    const { stdout } = await run('runs', 'list');
    expect(stdout).toMatch(/^\d{8}T\d{6}-\w{6} {2}failed +shop\.arazzo\.json at buy\/order\n$/);
    const id = stdout.split(' ')[0] ?? '';
    expect(await run('runs', 'delete', id)).toMatchObject({ exitCode: 0, stdout: `${id} is deleted.\n` });
    expect(await list()).toEqual([]);
  });
});
