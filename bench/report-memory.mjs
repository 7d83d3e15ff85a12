import { writeFileSync } from 'node:fs';

/** Loaded into a measured process: writes its peak resident memory, in kilobytes, when it ends. */
const path = process.env.BENCH_MEMORY_REPORT;
if (path !== undefined) {
  process.once('exit', () => {
    writeFileSync(path, String(process.resourceUsage().maxRSS));
  });
}
