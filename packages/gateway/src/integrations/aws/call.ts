import type { Clock } from '../../clock.ts';
import type { HttpClient } from '../back-end/http-client.ts';
import type { IntegrationResult, IntegrationTrace } from '../integration.ts';
import { type AwsEndpoint, type AwsService, type FindAwsEndpoint, signingScope } from './endpoints.ts';
import { createRequestSigner } from './sign-request.ts';

/** What calls of AWS services need. */
export interface AwsCallServices {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly findEndpoint: FindAwsEndpoint;
}

interface AwsRequest {
  readonly method: string;
  /** Path and query, percent-encoded, with the endpoint's own path. */
  readonly target: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | undefined;
  readonly timeoutMilliseconds: number;
  readonly trace?: IntegrationTrace | undefined;
}

type CompiledAwsCall =
  | {
      readonly kind: 'call';
      readonly endpoint: AwsEndpoint;
      /** Signs a request and sends it. Never rejects. */
      readonly send: (request: AwsRequest, signal?: AbortSignal) => Promise<IntegrationResult>;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What is taken of an AWS service's answer, which may be longer than what is made of it: Lambda quotas, invocation payload
 * of synchronous invocations, 6 MB and some for what wraps it.
 */
const maxAnswerBytes = 6_291_556;

/** Prepares calls of one AWS service in one region. */
export function compileAwsCall(service: AwsService, { client, clock, findEndpoint }: AwsCallServices): CompiledAwsCall {
  const found = findEndpoint(service);
  if (found.kind === 'refused') return found;
  const { endpoint } = found;
  const sign = createRequestSigner(endpoint.credentials, signingScope(service));
  return {
    kind: 'call',
    endpoint,
    send: ({ method, target, headers, body, timeoutMilliseconds, trace }, signal) =>
      client.send(
        {
          url: endpoint.origin + target,
          origin: endpoint.origin,
          target,
          method,
          headers: sign({ method, host: endpoint.host, target, headers, body }, clock.now()),
          body,
          timeoutMilliseconds,
          maxAnswerBytes,
          trace,
        },
        signal,
      ),
  };
}
