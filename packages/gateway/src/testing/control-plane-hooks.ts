import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { ControlPlaneOptions } from '../control-plane/control-plane.ts';
import { createApi, type ServedControlPlane, serveControlPlane } from './serve-control-plane.ts';

/** A control plane that is served for as long as the tests of a file, or of a `describe`, run. */
export function serveForTests(options: Partial<ControlPlaneOptions> = {}): Omit<ServedControlPlane, 'close'> {
  let served: ServedControlPlane | undefined;
  beforeAll(async () => {
    served = await serveControlPlane(options);
  });
  afterAll(() => served?.close());
  const requireServed = (): ServedControlPlane => {
    if (!served) throw new Error('The control plane is served only while tests run.');
    return served;
  };
  return {
    get url() {
      return requireServed().url;
    },
    get client() {
      return requireServed().client;
    },
    pass: (milliseconds) => requireServed().pass(milliseconds),
  };
}

/** What each test has anew: made before it, and spread where it is needed. */
export function makeForEachTest<Members extends object>(make: () => Promise<Members>): Members {
  const made = {} as Members;
  beforeEach(async () => {
    Object.assign(made, await make());
  });
  return made;
}

/** A WebSocket API for each test. */
export function createApiForEachTest(served: Pick<ServedControlPlane, 'client'>): { readonly ApiId: string } {
  return makeForEachTest(() => createApi(served.client));
}
