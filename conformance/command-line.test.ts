import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ended, executable, gatewright } from './harness/gatewright.ts';
import { temporaryFolder } from './harness/paths.ts';

describe('the command line', () => {
  it('prints its version without loading a server, a client or a parser', async () => {
    const main = new URL('../packages/cli/dist/main.js', import.meta.url);
    const code = `import(${JSON.stringify(main.href)}).then(async ({ main }) => {
      const exitCode = await main(['--version']);
      const heavy = ['http', 'https', 'tls', 'readline', 'worker_threads', 'zlib'];
      console.log(JSON.stringify({ exitCode, heavy: process.moduleLoadList.filter((name) => heavy.some((module) => name === 'NativeModule ' + module)) }));
    })`;
    const { stdout, stderr } = await ended(spawn(process.execPath, ['-e', code]));
    expect(stderr).toBe('');
    expect(stdout).toBe('0.1.0\n{"exitCode":0,"heavy":[]}\n');
  });

  it.each(['up', 'run', 'check', 'show', 'serve', 'connect'])('explains %s, with an example', async (command) => {
    const { exitCode, stdout } = await gatewright([command, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Example:\n  gatewright ${command} `);
    expect(stdout).toContain('--json');
  });
});

describe('an interruption while a server keeps silent', () => {
  /** Runs a command until it has connected to a server that never answers, and interrupts it there. */
  async function interruptWaiting(args: (port: number | undefined) => readonly string[]) {
    const sockets: Socket[] = [];
    // A client that is stopped while it connects may connect once more, and a second signal would end it at once.
    const silent = createServer((socket) => {
      if (sockets.push(socket.on('error', () => undefined)) === 1) child.kill('SIGINT');
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const child = spawn(process.execPath, [executable, ...args(port)]);
    const { exitCode, stderr } = await ended(child);
    for (const socket of sockets) socket.destroy();
    silent.close();
    return { exitCode, signal: child.signalCode, stderr };
  }

  it('ends a connection that is not open yet', async () => {
    expect(await interruptWaiting((port) => ['connect', `ws://127.0.0.1:${port}`])).toEqual({
      exitCode: 130,
      signal: null,
      stderr: '',
    });
  });

  it('ends a run whose document is being read, as the signal itself does', async () => {
    expect(await interruptWaiting((port) => ['run', `http://127.0.0.1:${port}/api.arazzo.yaml`])).toEqual({
      exitCode: null,
      signal: 'SIGINT',
      stderr: '',
    });
  });

  it('stops a gateway whose document is being read', async () => {
    expect(await interruptWaiting((port) => ['up', `http://127.0.0.1:${port}/api.arazzo.yaml`, '--port', '0'])).toEqual(
      {
        exitCode: 130,
        signal: null,
        stderr: '',
      },
    );
  });
});

it('ends in an orderly way when nobody reads what it prints', async () => {
  const child = spawn(process.execPath, [executable, 'up', '--port', '0', '--json']);
  child.stdout.destroy();
  const [exitCode, signal] = await once(child, 'close');
  expect([exitCode, signal]).toEqual([0, null]);
});

it.skipIf(process.platform === 'win32')('says in one line that its working directory is gone', async () => {
  const folder = await temporaryFolder();
  const line = 'rmdir "$PWD"; exec "$0" "$@"';
  const args = ['-c', line, process.execPath, executable, 'check', 'api.arazzo.yaml'];
  const { exitCode, stderr } = await ended(spawn('sh', args, { cwd: folder.path }));
  expect(stderr).toBe('error: The working directory no longer exists: change to one that does.\n');
  expect(exitCode).toBe(3);
});

it.skipIf(process.platform !== 'linux')('says in one line that what it prints cannot be written', async () => {
  const full = await open('/dev/full', 'w');
  try {
    const child = spawn(process.execPath, [executable, 'runs', 'list'], { stdio: ['ignore', full.fd, 'pipe'] });
    const { exitCode, stderr } = await ended(child);
    expect(stderr).toMatch(/^error: Standard output cannot be written: ENOSPC: .+\.\n$/);
    expect(exitCode).toBe(3);
  } finally {
    await full.close();
  }
});

describe('npm start', () => {
  it('shows the build, the back end, a message, its answer and a push, then serves until it is stopped', async () => {
    const start = fileURLToPath(new URL('../examples/build-websocket-api/start.mjs', import.meta.url));
    const child = spawn(process.execPath, [start], { env: { ...process.env, PORT: '0' } });
    child.stdout.on('data', (data) => {
      if (String(data).includes('get-apis')) child.kill('SIGINT');
    });
    const { exitCode, stdout, stderr } = await ended(child);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    for (const line of [
      /✓ createApi +POST +\S*\/v2\/apis +201 +\d+ ms/,
      /✓ createIntegration +POST/,
      /✓ createRoute +POST/,
      /apiEndpoint +ws:\/\/127\.0\.0\.1:\d+\/[a-z0-9]{10}\n/,
      /backend +POST \/connect from example-client\/1\.0/,
      /client +receives \{"youSaid":"\{\\"action\\":\\"greet\\",\\"text\\":\\"hello\\"\}"/,
      /backend +POST \/[a-z0-9]{10}\/@connections\/\S+ → 200/,
      /client +receives pushed by the back end/,
    ]) {
      expect(stdout).toMatch(line);
    }
  });
});
