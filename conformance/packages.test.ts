import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended } from './harness/gatewright.ts';
import { temporaryFolder } from './harness/paths.ts';

const workspace = fileURLToPath(new URL('..', import.meta.url));
const packages = { '@gatewright/arazzo': 'arazzo', '@gatewright/gateway': 'gateway', gatewright: 'cli' };
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

const run = (command: string, args: readonly string[], cwd = folder.path) => ended(spawn(command, args, { cwd }));

/** Installs what is published of each package, beside the dependencies that the workspace has. */
beforeAll(async () => {
  folder = await temporaryFolder();
  const modules = join(folder.path, 'node_modules');
  await mkdir(join(modules, '@gatewright'), { recursive: true });
  const installed = await readdir(join(workspace, 'node_modules'));
  const others = installed.filter((name) => !name.startsWith('.') && name !== '@gatewright' && name !== 'gatewright');
  await Promise.all(others.map((name) => symlink(join(workspace, 'node_modules', name), join(modules, name))));
  for (const [name, source] of Object.entries(packages)) {
    const target = join(modules, name);
    await mkdir(target);
    const packed = await run('npm', ['pack', '--pack-destination', target], join(workspace, 'packages', source));
    await run('tar', ['xzf', packed.stdout.trim().split('\n').at(-1) ?? '', '--strip-components=1'], target);
  }
}, 60_000);

afterAll(() => folder.remove());

const filesOf = async (name: string) => {
  const found = await readdir(join(folder.path, 'node_modules', name), { recursive: true });
  return found.map((file) => normalize(file)).filter((file) => !file.endsWith('.tgz'));
};

describe.each(Object.keys(packages))('what is published of %s', (name) => {
  const place = (file: string) => join(folder.path, 'node_modules', name, file);

  it('is the code that it runs, and nothing that a former build left', async () => {
    const code = (await filesOf(name)).filter((file) => file.startsWith('dist') && file.endsWith('.js'));
    const imported = await Promise.all(
      code.map(async (file) => {
        const specifiers = (await readFile(place(file), 'utf8')).matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+\.js)"/g);
        return [...specifiers].map(([, specifier = '']) => join(dirname(file), specifier));
      }),
    );
    const entries = ['dist/index.js', 'dist/main.js', 'dist/api/index.js'].map(normalize);
    const needed = new Set([...entries, ...imported.flat()]);
    expect(code.filter((file) => !needed.has(file))).toEqual([]);
    expect(await filesOf(name)).not.toContain(normalize('dist/.tsbuildinfo'));
  });

  it('has the licence, and tells what it is', async () => {
    const licence = await readFile(new URL('../LICENSE', import.meta.url), 'utf8');
    expect(await readFile(place('LICENSE'), 'utf8')).toBe(licence);
    expect(await readFile(place('README.md'), 'utf8')).toContain(`# ${name}\n`);
  });

  it('has the sources that its maps name', async () => {
    const files = await filesOf(name);
    for (const file of files.filter((candidate) => candidate.endsWith('.map'))) {
      const { sources } = JSON.parse(await readFile(place(file), 'utf8')) as { readonly sources: readonly string[] };
      const named = sources.map((source) => join(dirname(file), source));
      expect(named.filter((source) => !files.includes(source))).toEqual([]);
    }
  });
});

it('runs where it is installed, as a command and as a library', async () => {
  const command = await run(process.execPath, ['node_modules/gatewright/bin/gatewright.js', '--version']);
  expect(command).toMatchObject({ exitCode: 0, stderr: '' });
  const code = `import { up } from 'gatewright';
    import { recogniseOperation } from '@gatewright/gateway/api';
    await (await up({})).close();
    await up({ document: 'nowhere.yaml' }).catch((error) => console.log(typeof recogniseOperation, error.stack));`;
  const flags = ['--enable-source-maps', '--input-type=module', '--eval', code];
  const { stdout, stderr } = await run(process.execPath, flags);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^function Error: .* cannot be used.*\/gatewright\/src\/index\.ts:\d+:\d+/s);
});

it.each([
  ['@gatewright/gateway', '201 chat\n'],
  ['gatewright', '200\n'],
])('runs the example that the README of %s has', async (name, printed) => {
  const readme = await readFile(join(folder.path, 'node_modules', name, 'README.md'), 'utf8');
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const { exitCode, stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', example]);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: printed, stderr: '' });
});
