import { isAbsolute, join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { homeFolder } from './home-folder.ts';

/**
 * `$XDG_STATE_HOME/gatewright` (XDG Base Directory Specification: relative paths are ignored).
 *
 * @throws CommandError when neither that nor the home folder says where it is.
 */
export function stateFolder(): string {
  const state = process.env.XDG_STATE_HOME ?? '';
  if (isAbsolute(state)) return join(state, 'gatewright');
  const home = homeFolder();
  if (home !== undefined) return join(home, '.local', 'state', 'gatewright');
  throw new CommandError(
    exitCode.environment,
    'There is no home folder to keep state in: set XDG_STATE_HOME or HOME to the absolute path of a folder.',
  );
}
