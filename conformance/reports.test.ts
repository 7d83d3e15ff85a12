import { spawn } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { ended, executable, gatewright } from './harness/gatewright.ts';
import { temporaryFolder } from './harness/paths.ts';
import { published } from './harness/published-document.ts';

const inputs = ['name=chat', 'routeSelectionExpression=$request.body.action', 'integrationType=MOCK'];
const args = [...inputs, 'integrationUri=-', 'routeKey=$connect'].flatMap((text) => ['-i', text]);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let backEnd: BackEnd | undefined;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  await backEnd?.close();
  backEnd = undefined;
  await folder.remove();
});

const reports = () =>
  ['json', 'junit', 'har'].flatMap((format) => ['--report', `${format}=${join(folder.path, format)}`]);
const read = (name: string) => readFile(join(folder.path, name), 'utf8');

describe('gatewright run --report', () => {
  it('writes what happened as JSON, JUnit and HAR', async () => {
    const { exitCode } = await gatewright(['run', published, ...args, '--mock', ...reports()]);
    expect(exitCode).toBe(0);
    expect(await readdir(folder.path)).toEqual(['har', 'json', 'junit']);
    expect(JSON.parse(await read('json'))).toMatchObject({
      outcome: 'succeeded',
      workflows: [
        { workflowId: 'build-websocket-api', steps: [{ stepId: 'createApi', outcome: 'succeeded' }, {}, {}] },
      ],
    });
    expect(await read('junit')).toMatch(/<testsuites .*tests="3" failures="0" errors="0"/);
    expect(JSON.parse(await read('har')).log.entries).toHaveLength(3);
  });

  it('writes them when the run fails, in the place of older ones', async () => {
    await writeFile(join(folder.path, 'junit'), 'old');
    backEnd = await startBackEnd(() => ({ status: 409, body: 'No.' }));
    const { exitCode } = await gatewright(['run', published, ...args, '--gateway', backEnd.url, ...reports()]);
    expect(exitCode).toBe(1);
    expect(await read('junit')).toMatch(/<testcase name="createApi".*>\n +<failure message="[^"]*201/);
    expect(await read('junit')).toMatch(/<testsuites .*tests="3" failures="1" errors="0" skipped="2"/);
    expect(JSON.parse(await read('json'))).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('createApi'),
    });
    expect(JSON.parse(await read('har')).log.entries).toMatchObject([{ response: { status: 409 } }]);
  });

  it.skipIf(process.platform === 'win32')('writes to pipes, and to what links lead to, and leaves both', async () => {
    const [pipe, link] = [join(folder.path, 'pipe'), join(folder.path, 'link')];
    await ended(spawn('mkfifo', [pipe]));
    await writeFile(join(folder.path, 'linked'), 'old');
    await symlink('linked', link);
    const folderLink = join(folder.path, 'elsewhere');
    await mkdir(join(folder.path, 'one', 'two'), { recursive: true });
    await symlink(join('one', 'two'), folderLink);
    const toNothing = join(folderLink, 'to-nothing');
    await symlink(join('..', 'made'), toNothing);
    const reader = ended(spawn('cat', [pipe]));
    const { exitCode } = await gatewright([
      ...['run', published, ...args, '--mock', '--report', `json=${link}`, '--report', `json=${pipe}`],
      ...['--report', `json=${toNothing}`],
    ]);
    expect(exitCode).toBe(0);
    expect([(await lstat(link)).isSymbolicLink(), (await lstat(pipe)).isFIFO()]).toEqual([true, true]);
    expect([(await lstat(toNothing)).isSymbolicLink(), await read('one/made')]).toEqual([true, await read('linked')]);
    expect((await reader).stdout).toBe(await read('linked'));
    expect(JSON.parse(await read('linked'))).toMatchObject({ outcome: 'succeeded' });
  });

  it('writes them when the run is interrupted', async () => {
    let reached = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      reached = resolve;
    });
    backEnd = await startBackEnd(() => {
      reached();
      return new Promise(() => {});
    });
    const child = spawn(
      process.execPath,
      [executable, 'run', published, ...args, '--gateway', backEnd.url, ...reports()],
      { env: { ...process.env, XDG_STATE_HOME: folder.path } },
    );
    await waiting;
    child.kill('SIGINT');
    expect((await ended(child)).exitCode).toBe(130);
    expect(JSON.parse(await read('json'))).toMatchObject({ outcome: 'interrupted' });
    expect(await read('junit')).toContain('type="interrupted"');
  });

  it.each([
    ['nothing', 2, 'must have the form FORMAT=FILE, with one of the formats json, junit, har'],
    ['json=/nowhere/report.json', 3, 'The report "/nowhere/report.json" cannot be written'],
    ['json=/', 3, 'The report "/" cannot be written: it is a folder'],
  ])('refuses %s before anything is sent', async (report, code, message) => {
    backEnd = await startBackEnd(() => ({ status: 500 }));
    const { exitCode, stderr } = await gatewright([
      ...['run', published, ...args, '--gateway', backEnd.url],
      ...['--report', report],
    ]);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(message);
    expect(backEnd.received).toEqual([]);
  });
});
