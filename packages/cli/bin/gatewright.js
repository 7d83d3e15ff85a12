#!/usr/bin/env node
import { main } from '../dist/main.js';

// Whoever read the output has gone, as `head` does after its lines. What runs ends in the orderly way of a signal.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.kill(process.pid, 'SIGTERM');
  });
}

process.exitCode = await main(process.argv.slice(2));
