import { describe, expect, it, vi } from 'vitest';
import { compileModel } from '../model/model-schema.ts';
import type { Route } from '../model/resources.ts';
import {
  compileMessageValidator,
  createMessageModels,
  type MessageValidator,
  type MessageVerdict,
} from './message-models.ts';

const schemas = new Map([
  ['order', '{"type":"object","required":["item"]}'],
  ['note', '{"type":"object","properties":{"text":{"type":"string","maxLength":3}}}'],
  ['refers', '{"$ref":"https://apigateway.amazonaws.com/restapis/api1/models/order"}'],
  ['broken', '{"type":"nothing"}'],
]);

function compile(members: Partial<Route>): MessageValidator | undefined {
  const route: Route = {
    routeId: 'r1',
    routeKey: 'send',
    apiKeyRequired: false,
    authorizationType: 'NONE',
    ...members,
  };
  return compileMessageValidator(route, createMessageModels({ apiId: 'api1', schemas }, compileModel));
}

function judge(members: Partial<Route>, json: unknown): MessageVerdict | undefined {
  return compile(members)?.(json);
}

const byKind = {
  modelSelectionExpression: '$request.body.kind',
  requestModels: { order: 'order', note: 'note', same: 'refers', bad: 'broken', gone: 'gone' },
};
const withDefault = { ...byKind, requestModels: { ...byKind.requestModels, $default: 'order' } };

describe('a message', () => {
  it.each<[unknown, Partial<Route>, string]>([
    [{ kind: 'order', item: 1 }, byKind, 'valid'],
    [
      { kind: 'order' },
      byKind,
      `A message on route "send" does not fit the model "order": The value must have required property 'item'.`,
    ],
    [{ kind: 'note', text: 'abc' }, byKind, 'valid'],
    [
      { kind: 'note', text: 'abcd' },
      byKind,
      'A message on route "send" does not fit the model "note": The value at "/text" must NOT have more than 3 characters.',
    ],
    [{ kind: 'same', item: 1 }, byKind, 'valid'],
    [
      { kind: 'same' },
      byKind,
      `A message on route "send" does not fit the model "refers": The value must have required property 'item'.`,
    ],
    [{ kind: 'else', item: 1 }, withDefault, 'valid'],
    [{ item: 1 }, withDefault, 'valid'],
    [
      { kind: 'else' },
      withDefault,
      `A message on route "send" does not fit the model "order": The value must have required property 'item'.`,
    ],
    [
      { kind: 'toString' },
      byKind,
      'A message on route "send" selects none of its models, and there is none under "$default".',
    ],
    [undefined, withDefault, 'A message on route "send" is not JSON.'],
    [{ item: 1 }, { modelSelectionExpression: 'order', requestModels: { order: 'order' } }, 'valid'],
    [{ item: 1 }, { modelSelectionExpression: '\\$default', requestModels: { $default: 'order' } }, 'valid'],
    [{ item: 1 }, { modelSelectionExpression: '\\$default', requestModels: { '\\$default': 'order' } }, 'valid'],
    [
      {},
      { modelSelectionExpression: '$default' },
      'A message on route "send" selects none of its models, and there is none under "$default".',
    ],
  ])('%j is judged', (json, route, verdict) => {
    const expected = verdict === 'valid' ? { kind: 'valid' } : { kind: 'invalid', reason: verdict };
    expect(judge(route, json)).toEqual(expected);
  });

  it.each([
    [{ kind: 'bad' }, byKind, 'The model "broken" cannot be used: '],
    [{ kind: 'gone' }, byKind, 'The model "gone" cannot be used: There is no model "gone".'],
    [{}, { modelSelectionExpression: '$request.boddy.a' }, 'The expression "$request.boddy.a" is not valid'],
  ])('%j cannot be judged', (json, route, reason) => {
    expect(judge(route, json)).toEqual({ kind: 'misconfigured', reason: expect.stringContaining(reason) });
  });

  it('is not judged without a model selection expression', () => {
    expect(compile({ requestModels: { $default: 'order' } })).toBeUndefined();
  });
});

it('compiles a model once, when a message first needs it', () => {
  const compileOnce = vi.fn(compileModel);
  const models = createMessageModels({ apiId: 'api1', schemas }, compileOnce);
  expect(compileOnce).not.toHaveBeenCalled();
  expect(models.find('order')).toBe(models.find('order'));
  expect(compileOnce).toHaveBeenCalledTimes(1);
});
