/**
 * Passes what happens to the owner's listener. What it throws is its owner's fault and must not end a client's connection: it
 * is thrown again outside of the gateway's work, where the process reports it.
 */
export function createEmitter<Event>(listener: ((event: Event) => void) | undefined): (event: Event) => void {
  if (!listener) return () => {};
  return (event) => {
    try {
      listener(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}
