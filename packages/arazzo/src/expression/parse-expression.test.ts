import { describe, expect, it } from 'vitest';
import { parseExpression } from './parse-expression.ts';

describe('parseExpression', () => {
  it.each([
    ['$url', { kind: 'url' }],
    ['$method', { kind: 'method' }],
    ['$statusCode', { kind: 'status-code' }],
    [
      '$request.header.X-Api-Key',
      { kind: 'message', message: 'request', source: { kind: 'header', name: 'X-Api-Key' } },
    ],
    ['$request.query.page size', { kind: 'message', message: 'request', source: { kind: 'query', name: 'page size' } }],
    ['$request.path.id', { kind: 'message', message: 'request', source: { kind: 'path', name: 'id' } }],
    ['$request.body', { kind: 'message', message: 'request', source: { kind: 'body' } }],
    [
      '$request.body#/user/uuid',
      { kind: 'message', message: 'request', source: { kind: 'body', pointer: ['user', 'uuid'] } },
    ],
    ['$response.body#', { kind: 'message', message: 'response', source: { kind: 'body', pointer: [] } }],
    [
      '$response.body#/a~1b/m~0n/c d',
      { kind: 'message', message: 'response', source: { kind: 'body', pointer: ['a/b', 'm~n', 'c d'] } },
    ],
    [
      '$response.header.Set-Cookie',
      { kind: 'message', message: 'response', source: { kind: 'header', name: 'Set-Cookie' } },
    ],
    ['$self', { kind: 'self' }],
    ['$message.header.X-Order', { kind: 'channel-message', source: { kind: 'header', name: 'X-Order' } }],
    ['$message.payload', { kind: 'channel-message', source: { kind: 'payload' } }],
    ['$message.payload#', { kind: 'channel-message', source: { kind: 'payload', pointer: [] } }],
    ['$message.payload#/a/0', { kind: 'channel-message', source: { kind: 'payload', pointer: ['a', '0'] } }],
    ['$inputs.username', { kind: 'input', name: 'username' }],
    ['$inputs.a.b', { kind: 'input', name: 'a.b' }],
    ['$inputs.a#/b', { kind: 'input', name: 'a', pointer: ['b'] }],
    ['$inputs.filter[source_type]', { kind: 'input', name: 'filter[source_type]' }],
    ['$outputs.bar', { kind: 'output', name: 'bar' }],
    ['$steps.login.outputs.token', { kind: 'step-output', stepId: 'login', name: 'token' }],
    ['$steps.v1.login.outputs.token.json', { kind: 'step-output', stepId: 'v1.login', name: 'token.json' }],
    ['$steps.find.outputs.pets#/0/id', { kind: 'step-output', stepId: 'find', name: 'pets', pointer: ['0', 'id'] }],
    [
      '$workflows.foo.inputs.username',
      { kind: 'workflow-value', workflowId: 'foo', field: 'inputs', name: 'username' },
    ],
    [
      '$workflows.foo.outputs.r#/name',
      { kind: 'workflow-value', workflowId: 'foo', field: 'outputs', name: 'r', pointer: ['name'] },
    ],
    ['$sourceDescriptions.pets.url', { kind: 'source-description', name: 'pets', field: 'url' }],
    ['$sourceDescriptions.pets.a.b', { kind: 'source-description', name: 'pets', field: 'a.b' }],
    ['$components.parameters.page', { kind: 'component', section: 'parameters', name: 'page' }],
  ])('reads %s', (text, expression) => {
    expect(parseExpression(text)).toEqual(expression);
  });

  it.each([
    ...[
      '$connect',
      '$default',
      '$5.00',
      '$.items[*]',
      '$',
      '$$',
      '',
      'text',
      ' $url',
      '$url ',
      '$URL',
      '$statusCode.x',
    ],
    ...[
      '$request.body.action',
      '$request.body[0]',
      '$request.bodyx',
      '$request.header.',
      '$request.header.a b',
      '$request',
    ],
    ...['$response.query.x', '$response.path.x', '$response.body#x', '$response.body#/~2'],
    ...['$message', '$message.payload.id', '$message.payloads', '$message.body', '$message.header.', '$self.x'],
    ...['$inputs.', '$inputs', '$inputs.#/a', '$steps.a', '$steps.a.outputs.', '$workflows.w.steps.s.outputs'],
    ...['$sourceDescriptions.pets', '$components.parameters', '$context.connectionId', '$input.path'],
  ])('takes %j for a literal', (text) => {
    expect(parseExpression(text)).toBeUndefined();
  });

  it.each([
    [
      '$response.body.trips[0].id',
      { kind: 'message', message: 'response', source: { kind: 'body', path: ['trips', '0', 'id'] } },
    ],
    ["$response.body['a b'].c", { kind: 'message', message: 'response', source: { kind: 'body', path: ['a b', 'c'] } }],
    [
      '$message.payload.orders[0].id',
      { kind: 'channel-message', source: { kind: 'payload', path: ['orders', '0', 'id'] } },
    ],
    ['$message.payload.', undefined],
    ['$response.body.', undefined],
    ['$response.body.a b', undefined],
  ])('reads the property path %s where that is allowed', (text, expression) => {
    expect(parseExpression(text, { propertyPaths: true })).toEqual(expression);
  });
});
