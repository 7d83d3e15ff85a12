/**
 * Writes the code of each package as few files: Node finds, reads and links modules one by one, which for the two hundred of a
 * run takes longer than what they do. What is imported when it is needed stays in files of its own. `tsc` writes the types.
 */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/** What the `exports` and `bin` of each package name. */
const entries = { arazzo: ['index'], gateway: ['index', 'api/index'], cli: ['index', 'main'] };

const packages = Object.entries(entries).map(([name, modules]) => {
  const folder = fileURLToPath(new URL(`../packages/${name}`, import.meta.url));
  return {
    input: Object.fromEntries(modules.map((module) => [module, `${folder}/src/${module}.ts`])),
    // Other packages, ours too, are imported from where they are installed. `C:\` begins a path.
    external: /^(?![A-Za-z]:[\\/])[^./]/,
    platform: /** @type {const} */ ('node'),
    /** @param {unknown} _level @param {{ readonly message: string }} log */
    onLog(_level, log) {
      throw new Error(log.message);
    },
    output: {
      dir: `${folder}/dist`,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      sourcemap: true,
    },
  };
});

for (const options of packages) {
  const { dir } = options.output;
  const { output } = await build(options);
  const written = new Set(output.map(({ fileName }) => normalize(fileName)));
  /** @param {string} file */
  const isLeftOver = (file) => {
    if (/\.js(?:\.map)?$/.test(file)) return !written.has(file);
    const typed = /^(.+)\.d\.ts(?:\.map)?$/.exec(file)?.[1];
    return typed !== undefined && !existsSync(join(dir, '../src', `${typed}.ts`));
  };
  // All of `dist` is published, so what a former build left goes: code that this one did not write, and types of no source.
  const files = await readdir(dir, { recursive: true });
  await Promise.all(files.filter(isLeftOver).map((file) => rm(join(dir, file))));
}
