import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** `$XDG_STATE_HOME/gatewright` (XDG Base Directory Specification: relative paths are ignored). */
export function stateFolder(): string {
  const state = process.env.XDG_STATE_HOME ?? '';
  return join(isAbsolute(state) ? state : join(homedir(), '.local', 'state'), 'gatewright');
}
