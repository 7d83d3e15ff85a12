import type { Session } from './session.ts';

/** The open connections of this node. A connection that is pending or closing is not among them. */
export interface Hub {
  add(session: Session): void;
  remove(session: Session): void;
  find(connectionId: string): Session | undefined;
  ofApi(apiId: string): Iterable<Session>;
  all(): Iterable<Session>;
  readonly size: number;
}

export function createHub(): Hub {
  const sessions = new Map<string, Session>();
  const byApi = new Map<string, Set<Session>>();
  return {
    add(session) {
      const { apiId, connectionId } = session.connection;
      sessions.set(connectionId, session);
      const ofApi = byApi.get(apiId) ?? new Set();
      byApi.set(apiId, ofApi.add(session));
    },
    remove(session) {
      const { apiId, connectionId } = session.connection;
      sessions.delete(connectionId);
      const ofApi = byApi.get(apiId);
      ofApi?.delete(session);
      if (ofApi?.size === 0) byApi.delete(apiId);
    },
    find: (connectionId) => sessions.get(connectionId),
    ofApi: (apiId) => byApi.get(apiId) ?? [],
    all: () => sessions.values(),
    get size() {
      return sessions.size;
    },
  };
}
