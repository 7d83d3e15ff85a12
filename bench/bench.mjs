import { measureCheck } from './check.mjs';
import { measureControlPlane } from './control-plane.mjs';
import { measureDataPlane } from './data-plane.mjs';
import { measureStartUp } from './start-up.mjs';
import { measureSteps } from './steps.mjs';
import { measureWorkflow } from './workflow.mjs';

/** Every measurement, or those named as arguments. Each prints a ratio beside its bar; none fails a build. */
const measurements = new Map([
  ['start-up', measureStartUp],
  ['workflow', measureWorkflow],
  ['check', measureCheck],
  ['steps', measureSteps],
  ['control-plane', measureControlPlane],
  ['data-plane', measureDataPlane],
]);

const names = process.argv.length > 2 ? process.argv.slice(2) : [...measurements.keys()];
for (const name of names) {
  const measure = measurements.get(name);
  if (!measure) throw new Error(`There is no measurement "${name}"; there are ${[...measurements.keys()].join(', ')}.`);
  await measure();
}
