import type { DocumentOutline } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { formatMermaid } from './mermaid.ts';
import { showOutline } from './outline.ts';
import { recordOutput } from './output.contract.ts';

const plain = { successCriteria: [], onSuccess: [], onFailure: [], outputs: [] };
const document: DocumentOutline = {
  url: 'https://example.test/pets.yaml',
  title: 'Pets',
  arazzo: '1.0.1',
  sources: [{ name: 'pets', type: 'openapi', url: 'https://example.test/api.yaml' }],
  workflows: [
    {
      workflowId: 'buy',
      description: 'Buys\n a pet.',
      dependsOn: ['list'],
      inputs: [
        { name: 'kind', type: 'string', required: true, enum: ['cat', 'dog'], description: 'What to buy.' },
        { name: 'token', type: 'string', required: false, format: 'password', default: '' },
      ],
      steps: [
        {
          ...plain,
          stepId: 'create',
          target: { kind: 'operation', source: 'pets', method: 'POST', path: '/pets' },
          onSuccess: [{ name: 'seen', type: 'goto', stepId: 'call', criteria: ['$statusCode == 200', '$x == "y"'] }],
          onFailure: [
            { name: 'again', type: 'retry', retryAfter: 2, retryLimit: 3, criteria: [] },
            { name: 'stop', type: 'end', criteria: [] },
          ],
        },
        { ...plain, stepId: 'call', target: { kind: 'workflow', workflowId: 'list' } },
        {
          ...plain,
          stepId: 'listen',
          target: { kind: 'channel', source: 'orders', channel: 'place-order', action: 'send' },
        },
        {
          ...plain,
          stepId: 'wait',
          target: { kind: 'channel', source: 'orders', channel: 'orders', action: 'receive' },
        },
        { ...plain, stepId: 'lost', target: { kind: 'unresolved', written: 'nowhere' } },
      ],
      outputs: [{ name: 'id', value: '$steps.create.outputs.id' }],
    },
    { workflowId: 'list', dependsOn: [], inputs: [], steps: [], outputs: [] },
  ],
};

describe('the outline of a document for people', () => {
  it('has its inputs, its steps with what they call and do afterwards, and its outputs', () => {
    const output = recordOutput();
    showOutline(output, document);
    expect(output.stdout.join('')).toBe(`Pets (Arazzo 1.0.1, https://example.test/pets.yaml)
  pets  openapi  https://example.test/api.yaml

buy
  Buys a pet.
  runs after list
  inputs
    kind   string             required  What to buy. (one of "cat", "dog")
    token  string (password)            (default "")
  steps
    1  create  POST           /pets
        on success, if $statusCode == 200 and $x == "y": go to call
        on failure: retry after 2 s, at most 3 times
        on failure: end
    2  call    runs           list
    3  listen  sends to       place-order
    4  wait    receives from  orders
    5  lost    ?              nowhere
  outputs
    id  $steps.create.outputs.id

list

What "lost" would call is not known: gatewright check says why.
`);
  });

  it('is a flowchart in Mermaid, where names are only text', () => {
    expect(formatMermaid(document)).toEqual([
      'flowchart TD',
      '  subgraph w1["buy"]',
      '    w1s1["create<br/>POST /pets"]',
      '    w1s2["call<br/>runs list"]',
      '    w1s3["listen<br/>sends to place-order"]',
      '    w1s4["wait<br/>receives from orders"]',
      '    w1s5["lost<br/>?"]',
      '    w1end([end])',
      '    w1s1 -->|"$statusCode == 200 and $x == #34;y#34;"| w1s2',
      '    w1s1 --> w1s2',
      '    w1s1 -.->|"retry after 2 s, at most 3 times"| w1s1',
      '    w1s1 -.->|"stop"| w1end',
      '    w1s2 --> w1s3',
      '    w1s3 --> w1s4',
      '    w1s4 --> w1s5',
      '    w1s5 --> w1end',
      '  end',
      '  subgraph w2["list"]',
      '    w2end([end])',
      '  end',
      '  w2 ==> w1',
    ]);
  });
});
