import { describe, expect, it } from 'vitest';
import { plan } from '../../plan/make-plan.ts';
import { checkText, loadText, petsApi, shorten } from '../../testing/documents.ts';
import { outline } from '../outline.ts';

const orders = `asyncapi: 3.0.0
info: { title: Orders, version: '1' }
channels:
  placed: { address: orders.placed }
  confirmed: { $ref: '#/components/channels/confirmed' }
operations:
  placeOrder: { action: receive, channel: { $ref: '#/channels/placed' } }
  confirmOrder: { $ref: '#/components/operations/confirmOrder' }
components:
  channels: { confirmed: { address: null } }
  operations: { confirmOrder: { action: send, channel: { $ref: '#/channels/confirmed' } } }
`;
const older = `asyncapi: 2.6.0
info: { title: Orders, version: '1' }
channels:
  orders/placed: { publish: { operationId: place.order }, subscribe: {} }
`;
const files = { 'pets.yaml': petsApi, 'orders.yaml': orders, 'older.yaml': older };

function channelSteps(steps: string, rest = ''): string {
  const head = `arazzo: 1.1.0
$self: shop.yaml
sourceDescriptions:
  - { name: pets, url: pets.yaml }
  - { name: orders, url: orders.yaml, type: asyncapi }
  - { name: older, url: older.yaml, type: asyncapi }
workflows:
  - workflowId: w
    inputs: { type: object, properties: { id: { type: string } } }
    steps:
`;
  return `${head}${steps.trim().replaceAll(/^/gm, '      ')}\n${rest}`;
}

async function judge(steps: string): Promise<readonly string[]> {
  const findings = await checkText(channelSteps(steps), files);
  return findings.filter((finding) => !finding.includes('not-supported'));
}

const valid = `
- stepId: place
  operationId: $sourceDescriptions.orders.placeOrder
  action: send
  parameters: [{ name: orderRequestId, in: header, value: $inputs.id }]
  requestBody: { payload: { petId: 1 } }
- stepId: confirm
  channelPath: '{$sourceDescriptions.orders.url}#/channels/confirmed'
  action: receive
  correlationId: $inputs.id
  timeout: 6000
  dependsOn: [place]
  successCriteria:
    - condition: $message.payload#/state == 'confirmed'
    - { context: $message.payload, condition: $.id, type: jsonpath }
  onFailure: [{ name: gone, type: end, criteria: [{ condition: $message.header.gone == true }] }]
  outputs:
    id: $message.payload#/id
    state: { context: $message.payload, selector: /state, type: jsonpointer }
    trace: $message.header.X-Trace
    document: $self
- { stepId: old, operationId: $sourceDescriptions.older.place.order }
- { stepId: path, operationPath: '{$sourceDescriptions.older.url}#/channels/orders~1placed/subscribe' }
`;

describe('the expression $self', () => {
  it('is an error in a document that does not call itself anything', async () => {
    const text = channelSteps(
      "- { stepId: a, operationId: $sourceDescriptions.older.place.order, requestBody: { payload: 'by {$self}' } }",
    );
    const findings = await checkText(text.replace('$self: shop.yaml\n', ''), files);
    expect(findings).toContain(
      'error invalid-expression /workflows/0/steps/0/requestBody/payload: The expression "$self" has no value: the document has no "$self", by which it would call itself.',
    );
  });
});

describe('steps over AsyncAPI channels', () => {
  it('have nothing wrong when channel, action, correlation and messages fit', async () => {
    expect(await judge(valid)).toEqual([]);
  });

  it('are shown with their channel and what they do with it', async () => {
    const { workflows } = await outline(await loadText(channelSteps(valid), files));
    expect(workflows[0]?.steps.map(({ target }) => target)).toEqual([
      { kind: 'channel', source: 'orders', channel: 'orders.placed', action: 'send', operationId: 'placeOrder' },
      { kind: 'channel', source: 'orders', channel: 'confirmed', action: 'receive' },
      { kind: 'channel', source: 'older', channel: 'orders/placed', action: 'send', operationId: 'place.order' },
      { kind: 'channel', source: 'older', channel: 'orders/placed', action: 'receive' },
    ]);
  });

  it('keep a workflow from being planned, with one word for each', async () => {
    const result = await plan(await loadText(channelSteps(valid), files));
    if (result.kind !== 'refused') throw new Error('The plan was made.');
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(shorten)).toEqual(
      ['place', 'confirm', 'old', 'path'].map(
        (stepId, index) =>
          `error not-supported /workflows/0/steps/${index}: The step "${stepId}" is over an AsyncAPI channel: such steps are checked, and not run yet.`,
      ),
    );
  });

  it.each([
    [
      'an operation that the description does not have',
      '- { stepId: a, operationId: $sourceDescriptions.orders.placeOrders, action: send }',
      'error unknown-operation /workflows/0/steps/0/operationId: Step "a" names the operation "placeOrders", which "orders" does not define. Did you mean "placeOrder"?',
    ],
    [
      'a channel that the description does not have',
      "- { stepId: a, channelPath: '{$sourceDescriptions.orders.url}#/channels/lost', action: send }",
      'error unknown-operation /workflows/0/steps/0/channelPath: Step "a" names the channel at "/channels/lost", where the source "orders" has none.',
    ],
    [
      'a channel of an OpenAPI description',
      "- { stepId: a, channelPath: '{$sourceDescriptions.pets.url}#/paths/~1pets/get', action: send }",
      'error unknown-operation /workflows/0/steps/0/channelPath: Step "a" names the channel at "/paths/~1pets/get", where the source "pets" has none.',
    ],
    [
      'a channel without an action',
      "- { stepId: a, channelPath: '{$sourceDescriptions.orders.url}#/channels/placed' }",
      'error missing-member /workflows/0/steps/0: The step "a" has a "channelPath" and no "action", which is required with it.',
    ],
    [
      'another action',
      '- { stepId: a, operationId: $sourceDescriptions.orders.placeOrder, action: publish }',
      'error invalid-value /workflows/0/steps/0/action: The "action" of the step "a" is "publish"; "send" or "receive" was expected.',
    ],
    [
      'a source without its expression',
      "- { stepId: a, channelPath: 'orders#/channels/placed', action: send }",
      'warning bare-source-name /workflows/0/steps/0/channelPath: Step "a" names the source "orders" by itself; "{$sourceDescriptions.orders.url}" was expected (Arazzo 1.1.0 §Step Object).',
    ],
    [
      'an operationId without its source',
      '- { stepId: a, operationId: placeOrder }',
      'warning unprefixed-operation /workflows/0/steps/0/operationId: Step "a" names the operation "placeOrder" without its source; with several sources "$sourceDescriptions.orders.placeOrder" was expected (Arazzo 1.1.0 §Step Object).',
    ],
    [
      'an operationId in operationPath, as the examples of Arazzo 1.1.0 have it',
      '- { stepId: a, operationPath: $sourceDescriptions.orders.placeOrder, action: send }',
      'warning operation-id-in-path /workflows/0/steps/0/operationPath: Step "a" names an operation by its id in "operationPath"; "operationId" was expected (Arazzo 1.1.0 §Step Object).',
    ],
    [
      'a correlationId to send',
      '- { stepId: a, operationId: $sourceDescriptions.orders.placeOrder, correlationId: x }',
      'error invalid-value /workflows/0/steps/0/correlationId: The step "a" sends and has a "correlationId", which tells the message to receive.',
    ],
    [
      'a correlationId that names nothing',
      '- { stepId: a, operationId: $sourceDescriptions.orders.confirmOrder, correlationId: $inputs.other }',
      'error unknown-input /workflows/0/steps/0/correlationId: The workflow "w" has no input "other"; its inputs are "id".',
    ],
    [
      'a body to receive',
      '- { stepId: a, operationId: $sourceDescriptions.orders.confirmOrder, requestBody: { payload: {} } }',
      'error invalid-value /workflows/0/steps/0/requestBody: The step "a" receives a message, and has a "requestBody" that nothing would send.',
    ],
    [
      'a parameter without its place',
      '- { stepId: a, operationId: $sourceDescriptions.orders.placeOrder, parameters: [{ name: x, value: 1 }] }',
      'error missing-member /workflows/0/steps/0/parameters/0: The parameter "x" of the step "a" has no "in", which is required in a step over an AsyncAPI channel.',
    ],
    [
      'an HTTP response where there is none',
      '- { stepId: a, operationId: $sourceDescriptions.orders.confirmOrder, outputs: { x: $response.body } }',
      'error invalid-expression /workflows/0/steps/0/outputs/x: The expression "$response.body" reads a message, and there is none in a step over an AsyncAPI channel.',
    ],
    [
      'a message where there is none',
      '- { stepId: a, operationId: $sourceDescriptions.pets.getPet, parameters: [{ name: petId, in: path, value: 1 }], outputs: { x: $message.payload } }',
      'error invalid-expression /workflows/0/steps/0/outputs/x: The expression "$message.payload" reads the message of a channel, and there is none in a step that calls an operation over HTTP.',
    ],
    [
      'a source that there is not',
      '- { stepId: a, operationId: $sourceDescriptions.lost.placeOrder }',
      'error unknown-source /workflows/0/steps/0/operationId: Step "a" names the source "lost"; the sources are "pets", "orders" and "older".',
    ],
    [
      'an action over HTTP',
      '- { stepId: a, operationId: $sourceDescriptions.pets.getPet, parameters: [{ name: petId, in: path, value: 1 }], action: send }',
      'error invalid-value /workflows/0/steps/0/action: The step "a" has an "action" and is over no AsyncAPI channel; only such steps have one.',
    ],
    [
      'a property path into a payload, as the examples of Arazzo 1.1.0 have it',
      '- { stepId: a, operationId: $sourceDescriptions.orders.confirmOrder, outputs: { x: $message.payload.orderId } }',
      'warning property-path /workflows/0/steps/0/outputs/x: The expression "$message.payload.orderId" continues with a property path; "#" and a JSON Pointer were expected (Arazzo 1.1.0 §Runtime Expressions).',
    ],
    [
      'a message in a request',
      '- { stepId: a, operationId: $sourceDescriptions.orders.placeOrder, requestBody: { payload: { x: $message.payload } } }',
      'warning early-message-expression /workflows/0/steps/0/requestBody/payload/x: The text "$message.payload" reads as an expression on a message that does not exist yet; it is sent as it is (Arazzo 1.1.0 §Runtime Expressions).',
    ],
  ])('%s', async (_what, steps, finding) => {
    expect(await judge(steps)).toEqual([finding]);
  });
});
