#!/usr/bin/env node
import { main } from '../dist/main.js';

let hasGivenUp = false;

/** What runs ends in the orderly way of a signal; a second signal would end it at once. */
function giveUp(stream, error) {
  if (hasGivenUp) return;
  hasGivenUp = true;
  // Whoever read the output has gone, as `head` does after its lines; anything else, such as a full disk, is in the way.
  if (error.code !== 'EPIPE') {
    process.once('exit', () => {
      process.exitCode = 3;
    });
    if (stream === process.stdout)
      process.stderr.write(`error: Standard output cannot be written: ${error.message}.\n`);
    if (process.listenerCount('SIGTERM') === 0) process.exit();
  }
  process.kill(process.pid, 'SIGTERM');
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', (error) => giveUp(stream, error));

process.exitCode = await main(process.argv.slice(2));
