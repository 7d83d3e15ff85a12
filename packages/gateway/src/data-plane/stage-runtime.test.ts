import { describe, expect, it } from 'vitest';
import type { IntegrationResult } from '../integrations/integration.ts';
import type { Integrations } from '../integrations/integrations.ts';
import type { Route } from '../model/resources.ts';
import { noSettings } from '../testing/no-settings.ts';
import { noMessageModels } from './message-models.ts';
import { compileStage, type StageRuntime, selectRoute } from './stage-runtime.ts';

const answered: IntegrationResult = { kind: 'answered', status: 200, headers: {}, body: new Uint8Array() };

/** Integrations that answer without looking. */
const integrations: Integrations = { compile: () => async () => answered, close: async () => {} };

function compile(routes: readonly Partial<Route>[], routeSelectionExpression = '$request.body.action'): StageRuntime {
  return compileStage(
    {
      disableExecuteApiEndpoint: false,
      routeSelectionExpression,
      stageVariables: {},
      models: noMessageModels,
      settings: noSettings,
      routes: routes.map((route, index) => ({
        route: { routeId: `r${index}`, routeKey: 'key', apiKeyRequired: false, authorizationType: 'NONE', ...route },
        routeResponses: index === 0 ? { one: { routeResponseId: 'one', routeResponseKey: '$default' } } : {},
      })),
      integrations: [
        {
          integration: {
            integrationId: 'i1',
            integrationType: 'MOCK',
            connectionType: 'INTERNET',
            passthroughBehavior: 'WHEN_NO_MATCH',
            payloadFormatVersion: '1.0',
            timeoutInMillis: 29_000,
          },
          integrationResponses: {},
        },
      ],
    },
    integrations,
  );
}

async function call(runtime: StageRuntime, routeKey: string): Promise<IntegrationResult | undefined> {
  return runtime.routes.get(routeKey)?.integration?.call({
    kind: 'disconnect',
    context: {
      connection: { apiId: 'a', stage: 'dev', domainName: 'd', connectionId: 'c', connectedAt: 0, sourceIp: '::1' },
      eventType: 'DISCONNECT',
      routeKey,
      requestId: 'r',
      requestTimeEpoch: 0,
    },
  });
}

describe('compileStage', () => {
  it('makes a route two-way by its response, open by its lack of conditions', () => {
    const runtime = compile([
      { routeKey: 'a' },
      { routeKey: 'b', authorizationType: 'AWS_IAM' },
      { routeKey: 'c', apiKeyRequired: true },
    ]);
    expect([...runtime.routes.values()]).toEqual([
      { routeKey: 'a', isOpen: true, isTwoWay: true, requiredParameters: [] },
      { routeKey: 'b', isOpen: false, isTwoWay: false, requiredParameters: [] },
      { routeKey: 'c', isOpen: false, isTwoWay: false, requiredParameters: [] },
    ]);
  });

  it('validates on the routes that select a model', () => {
    const { routes } = compile([
      { routeKey: 'a', modelSelectionExpression: 'm', requestModels: { m: 'none' } },
      { routeKey: 'b' },
    ]);
    expect(routes.get('a')?.validate?.({})).toEqual({
      kind: 'misconfigured',
      reason: 'The model "none" cannot be used: There is no model "none".',
    });
    expect(routes.get('b')).not.toHaveProperty('validate');
  });

  it('reads which parameters a handshake must carry', () => {
    const runtime = compile([
      {
        routeKey: '$connect',
        requestParameters: {
          'route.request.querystring.room': { required: true },
          'route.request.header.X-User': { required: true },
          'route.request.header.X-Other': { required: false },
          'route.request.header.X-Any': {},
        },
      },
    ]);
    expect(runtime.routes.get('$connect')?.requiredParameters).toEqual([
      { location: 'querystring', name: 'room' },
      { location: 'header', name: 'X-User' },
    ]);
  });

  it.each([
    ['works', { target: 'integrations/i1' }, answered],
    [
      'has a target that does not exist',
      { target: 'integrations/i2' },
      failed('misconfigured', '"integrations/i2", which does not exist'),
    ],
  ])('gives a route that %s an integration that says so', async (_case, route, result) => {
    expect(await call(compile([route]), 'key')).toEqual(result);
  });
});

describe('selectRoute', () => {
  const keys = ['$connect', '$disconnect', '$default', 'echo', '[a, b]'];

  it.each([
    ['{"action":"echo"}', 'echo'],
    ['{"action":["a","b"]}', '[a, b]'],
    ['{"action":"$connect"}', '$default'],
    ['{"action":"__proto__"}', '$default'],
    ['not JSON', '$default'],
  ])('finds for %s the route %s', (text, routeKey) => {
    const runtime = compile(keys.map((key) => ({ routeKey: key })));
    expect(selectRoute(runtime, text).route?.routeKey).toBe(routeKey);
  });

  it('takes a static expression for every message that is JSON', () => {
    const runtime = compile(
      keys.map((key) => ({ routeKey: key })),
      'echo',
    );
    expect(selectRoute(runtime, '{}').route?.routeKey).toBe('echo');
    expect(selectRoute(runtime, 'text').route?.routeKey).toBe('$default');
  });

  it('sends every message to $default when the expression is not valid', () => {
    const runtime = compile(
      keys.map((key) => ({ routeKey: key })),
      '$request.boddy.action',
    );
    expect(selectRoute(runtime, '{"action":"echo"}').route?.routeKey).toBe('$default');
  });

  it('finds nothing when no route matches and there is no $default', () => {
    expect(selectRoute(compile([{ routeKey: 'echo' }]), '{"action":"x"}')).toEqual({
      route: undefined,
      json: { action: 'x' },
    });
  });
});

function failed(cause: string, reason: string): object {
  return { kind: 'failed', cause, reason: expect.stringContaining(reason) };
}
