import { setFlagsFromString } from 'node:v8';

/** Bytes of bytecode that a function runs, by default, before V8 compiles it with all optimizations: `--interrupt-budget`. */
const USUAL_BUDGET = 67_584;
/** For what runs once for each step, of which there are some thousand at most. */
const LATE_BUDGET = 4 * USUAL_BUDGET;

/**
 * Lets V8 compile later until `compileAsUsual` is called. While a document is read, checked and planned, each piece of code
 * runs once for each step: compiling it takes more processor time than it saves, on the cores that others need.
 */
export function compileLate(): void {
  setBudget(LATE_BUDGET);
}

/** What sends the requests is worth compiling. */
export function compileAsUsual(): void {
  setBudget(USUAL_BUDGET);
}

function setBudget(bytes: number): void {
  setFlagsFromString(`--interrupt-budget=${bytes}`);
}
