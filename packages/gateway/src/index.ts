export type { Clock } from './clock.ts';
export { type Gateway, type GatewayOptions, startGateway } from './gateway.ts';
export { GatewayError, type GatewayErrorCode } from './gateway-error.ts';
export { createMemoryStore } from './stores/memory.ts';
export { openSqliteStore } from './stores/sqlite.ts';
export type { Commit, CommitResult, Head, HeadChange, Store, StoredObject, StoreListener } from './stores/store.ts';
export { StoreError, type StoreErrorCode } from './stores/store-error.ts';
export type { GatewayEvent, GatewayEventListener } from './telemetry/events.ts';
