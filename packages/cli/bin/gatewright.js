#!/usr/bin/env node
import { main } from '../dist/main.js';

// Whoever read the output has gone, as `head` does after its lines: there is nobody left to tell anything.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

process.exitCode = await main(process.argv.slice(2));
