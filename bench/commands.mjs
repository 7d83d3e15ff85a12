import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is measured, as the path of a script for `node`. */
export const gatewright = fileURLToPath(new URL('../packages/cli/bin/gatewright.js', import.meta.url));

const require = createRequire(import.meta.url);
/** Redocly's Arazzo runner is the peer of the engine. */
export const redocly = join(dirname(require.resolve('@redocly/cli/package.json')), 'bin/cli.js');

export const exampleDocument = fileURLToPath(
  new URL('../examples/build-websocket-api/build-websocket-api.arazzo.yaml', import.meta.url),
);
