import type { Bus, ConnectionCommandHandler } from './bus.ts';

/** The bus of a gateway that is one node: every connection is its own. */
export function createLocalBus(): Bus {
  let handler: ConnectionCommandHandler | undefined;
  return {
    serve(commandHandler) {
      handler = commandHandler;
    },
    async command(connectionId, command) {
      return handler?.(connectionId, command) ?? { kind: 'gone' };
    },
    async close() {
      handler = undefined;
    },
  };
}
