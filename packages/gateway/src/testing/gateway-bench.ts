import { afterEach } from 'vitest';
import type { Clock } from '../clock.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../gateway.ts';
import { createMemoryStore } from '../stores/memory.ts';
import type { Store } from '../stores/store.ts';
import type { GatewayEvent } from '../telemetry/events.ts';
import { type BackEnd, startBackEnd } from './back-end.ts';
import { type ApiFixture, fixtureApiId, putApi } from './put-api.ts';

/** A gateway on a free port with one API in it. */
export interface GatewayBench {
  readonly gateway: Gateway;
  readonly store: Store;
  /** Of the stage "dev". */
  readonly endpoint: string;
  readonly events: readonly GatewayEvent[];
  /** Events of one kind. */
  eventsOf<Kind extends GatewayEvent['kind']>(kind: Kind): readonly Extract<GatewayEvent, { kind: Kind }>[];
  /** Resolves once an event of the kind has come; at once when one has come already. */
  event<Kind extends GatewayEvent['kind']>(kind: Kind): Promise<Extract<GatewayEvent, { kind: Kind }>>;
}

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Starts a gateway that is closed after the test. */
export async function startBench(
  fixture: ApiFixture | undefined,
  options: Partial<GatewayOptions> & { readonly clock?: Clock } = {},
): Promise<GatewayBench> {
  const store = options.store ?? createMemoryStore();
  const events: GatewayEvent[] = [];
  const listeners = new Set<() => void>();
  if (fixture) await putApi(store, fixture);
  const gateway = await startGateway({
    port: 0,
    ...options,
    store,
    onEvent(event) {
      events.push(event);
      for (const listener of listeners) listener();
    },
  });
  cleanUps.push(async () => {
    await gateway.close();
    if (!options.store) await store.close();
  });
  const eventsOf = <Kind extends GatewayEvent['kind']>(kind: Kind): readonly Extract<GatewayEvent, { kind: Kind }>[] =>
    events.filter((event): event is Extract<GatewayEvent, { kind: Kind }> => event.kind === kind);
  return {
    gateway,
    store,
    endpoint: `${gateway.url}/${fixtureApiId}/dev`,
    events,
    eventsOf,
    event: (kind) =>
      new Promise((resolve) => {
        const look = (): void => {
          const [found] = eventsOf(kind);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Starts a back end that is closed after the test. */
export async function startBenchBackEnd(...options: Parameters<typeof startBackEnd>): Promise<BackEnd> {
  const backEnd = await startBackEnd(...options);
  cleanUps.push(() => backEnd.close());
  return backEnd;
}
