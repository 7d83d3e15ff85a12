/**
 * Writes the code of each package as few files: Node finds, reads and links modules one by one, which for the two hundred of a
 * run takes longer than what they do. What is imported when it is needed stays in files of its own. `tsc` writes the types.
 */
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
    // Other packages, ours too, are imported from where they are installed.
    external: /^[^./]/,
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
  // All of `dist` is published, so what a former build wrote and this one did not goes. Types are tsc's.
  const code = (await readdir(dir, { recursive: true })).filter((file) => /\.js(?:\.map)?$/.test(file));
  await Promise.all(code.filter((file) => !written.has(file)).map((file) => rm(join(dir, file))));
}
