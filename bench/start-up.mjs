import { gatewright } from './commands.mjs';
import { compareProcesses, showRatio } from './measure.mjs';

/** `gatewright --version` beside an empty Node process: at most 1.5 × as long, and 60 ms. */
export async function measureStartUp() {
  const { empty, version } = await compareProcesses({ empty: ['-e', '0'], version: [gatewright, '--version'] }, 15);
  if (!empty || !version) return;
  const detail = `${version.milliseconds.toFixed(0)} ms beside ${empty.milliseconds.toFixed(0)} ms`;
  const bar = (1.5 * empty.milliseconds + 60) / empty.milliseconds;
  showRatio(
    'gatewright --version / node -e 0',
    version.milliseconds / empty.milliseconds,
    Number(bar.toFixed(2)),
    detail,
  );
}
