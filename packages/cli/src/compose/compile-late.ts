import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 compile with all optimizations only what runs four times as often as it usually asks for (`--interrupt-budget`, in
 * bytes of bytecode; 66 KiB by default). A run reads, checks and sends each step once: of some thousand steps, compiling takes
 * more processor time than all their requests, on the cores that the server may need. What runs for long is compiled all
 * the same.
 */
export function compileLate(): void {
  setFlagsFromString('--interrupt-budget=270336');
}
