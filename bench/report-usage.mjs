import { writeFileSync } from 'node:fs';

/** Loaded into a measured process: writes what it used, as JSON, when it ends. */
const path = process.env.BENCH_USAGE_REPORT;
if (path !== undefined) {
  process.once('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(path, JSON.stringify({ megabytes: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1000 }));
  });
}
