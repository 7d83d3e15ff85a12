import type { Clock } from '../../clock.ts';
import { newTraceId } from '../../model/request-id.ts';
import type { IntegrationCall } from '../integration.ts';
import { isEndToEndHeader } from './end-to-end-headers.ts';

/** Used when `integrationMethod` is absent or the HTTP APIs' `ANY`. */
const defaultIntegrationMethod = 'POST';

/** A request with one of these methods carries no body. */
const bodilessMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

export type HeaderPairs = readonly (readonly [name: string, value: string])[];

export function readMethod(integrationMethod: string | undefined): {
  readonly method: string;
  readonly sendsBody: boolean;
} {
  const named = integrationMethod?.toUpperCase() ?? defaultIntegrationMethod;
  const method = named === 'ANY' ? defaultIntegrationMethod : named;
  return { method, sendsBody: !bodilessMethods.has(method) };
}

/** Names and values in turn: mapped headers replace those of the same name; what belongs to one connection is left out. */
export function combineHeaders(own: HeaderPairs, mapped: HeaderPairs): readonly string[] {
  const usable = mapped.filter(([name]) => name.toLowerCase() === 'host' || isEndToEndHeader(name));
  const replaced = new Set(usable.map(([name]) => name.toLowerCase()));
  const flat: string[] = [];
  for (const [name, value] of own) if (!replaced.has(name.toLowerCase())) flat.push(name, value);
  for (const [name, value] of usable) flat.push(name, value);
  return flat;
}

/** What the service sends with every request that is not a client's own. */
export function ownHeaders({ context }: IntegrationCall, clock: Clock): HeaderPairs {
  const { apiId } = context.connection;
  return [
    ['Accept', 'application/json'],
    ['Content-Type', 'application/json'],
    ['User-Agent', `AmazonAPIGateway_${apiId}`],
    ['X-Amzn-Apigateway-Api-Id', apiId],
    ['X-Amzn-Trace-Id', newTraceId(clock.now())],
  ];
}
