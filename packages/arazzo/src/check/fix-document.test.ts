import { describe, expect, it } from 'vitest';
import { memoryReader, petsApi, shorten } from '../testing/documents.ts';
import { fixDocument } from './fix-document.ts';

const url = new URL('file:///documents/test.yaml');

async function fix(text: string, files: Readonly<Record<string, string>> = {}) {
  const reader = memoryReader({ 'pets.yaml': petsApi, 'other.yaml': 'openapi: 3.1.0\ninfo: {}\npaths: {}', ...files });
  return fixDocument(url, new TextEncoder().encode(text), reader);
}

/** A document with every kind of certain fault, or without any. */
function document(right: boolean): string {
  const one = (faulty: string, correct: string) => (right ? correct : faulty);
  return `arazzo: 1.0.1 # the version
info: { title:   Test, version: '1' }
sourceDescriptions:
  - { name: pets, url: pets.yaml }
  - { name: other, url: other.yaml }   # never used
workflows:
  - workflowId: w

    steps:
      # the first
      - stepId: list
        operationId: ${one('listPets', '$sourceDescriptions.pets.listPets')} # bare
        parameters: [{ name: X-Tenant, in: header, value: t }]
        successCriteria:
          - condition: ${one('$statusCode = 200', '$statusCode == 200')}
          - condition: ${one(`$response.header.X-A == "a b"`, `$response.header.X-A == 'a b'`)}
          - condition: ${one(`'$response.body#/x == "it"'`, `'$response.body#/x == ''it'''`)}
        outputs:
          first: ${one('$response.body.items[0].id', '$response.body#/items/0/id')}
      - stepId: create
        operationPath: ${one('pets#/paths/~1pets/post', `'{$sourceDescriptions.pets.url}#/paths/~1pets/post'`)}
        requestBody:
          payload: { name: ${one('pet $steps.list.outputs.first and $steps.list.outputs.first', `'pet {$steps.list.outputs.first} and {$steps.list.outputs.first}'`)}, kind: cat }
      - stepId: again
        operationId: $sourceDescriptions.pets.createPet
        requestBody:
          contentType: application/json
          payload: |
            {
              "name": "${one('x-$steps.list.outputs.first', 'x-{$steps.list.outputs.first}')}", "kind": "dog"
            }
      - stepId: last
        operationId: ${one('pets.createPet', '$sourceDescriptions.pets.createPet')}
        requestBody:
          payload:
            name: pet-${one('$steps.list.outputs.first', '{$steps.list.outputs.first}')}
            tag: ${one('$steps.list.outputs.first.tags[0].name', '$steps.list.outputs.first#/tags/0/name')}
            note: 'of {${one('$steps.list.outputs.first.owner', '$steps.list.outputs.first#/owner')}}, {${one('$steps.list.outputs.first.owner', '$steps.list.outputs.first#/owner')}}'
            kind: "${one('$steps.list.outputs.first!', '{$steps.list.outputs.first}!')}"
`;
}

describe('fixDocument', () => {
  it('corrects what is certain, and keeps comments and layout', async () => {
    const { text, diagnostics, fixed } = await fix(document(false));
    expect(text).toBe(document(true));
    expect(diagnostics.map(shorten)).toEqual([]);
    expect(new Set(fixed.map(({ code }) => code))).toEqual(
      new Set(['bare-source-name', 'invalid-condition', 'missing-braces', 'property-path', 'unprefixed-operation']),
    );
  });

  it('leaves a document without faults as it is, byte for byte', async () => {
    expect(await fix(document(true))).toEqual({ text: document(true), fixed: [], diagnostics: [] });
  });

  it('corrects JSON', async () => {
    const written = (condition: string) =>
      `{"arazzo": "1.0.1", "info": {"title": "T", "version": "1"},\r\n "sourceDescriptions": [{"name": "pets", "url": "pets.yaml"}],\r\n "workflows": [{"workflowId": "w", "steps": [{"stepId": "a", "operationId": "listPets",\r\n   "parameters": [{"name": "X-Tenant", "in": "header", "value": "t"}], "successCriteria": [{"condition": ${condition}}]}]}]}\r\n`;
    expect((await fix(written(`"$method == \\"GET\\""`))).text).toBe(written(`"$method == 'GET'"`));
  });

  it('corrects names that are one letter away from the only one that can be meant', async () => {
    const written = (operation: string, step: string, workflow: string) =>
      document(true).replace(
        /steps:[\s\S]*$/,
        `steps:
      - { stepId: listing, operationId: $sourceDescriptions.pets.${operation}, parameters: [{ name: X-Tenant, in: header, value: t }], onSuccess: [{ name: on, type: goto, stepId: ${step} }] }
      - { stepId: finding, workflowId: ${workflow} }
  - workflowId: another
    steps: [{ stepId: one, operationId: $sourceDescriptions.pets.listPets, parameters: [{ name: X-Tenant, in: header, value: t }] }]
`,
      );
    const { text, fixed } = await fix(written('listPet', 'findin', 'anothr'));
    expect(text).toBe(written('listPets', 'finding', 'another'));
    expect(fixed.map(({ code }) => code).sort()).toEqual(['unknown-operation', 'unknown-step', 'unknown-workflow']);
  });

  it('corrects such names within expressions, references and dependencies', async () => {
    const written = (right: boolean) => {
      const one = (wrong: string, correct: string) => (right ? correct : wrong);
      const tenant = 'parameters: [{ name: X-Tenant, in: header, value: t }';
      const operation = 'operationId: $sourceDescriptions.pets.listPets';
      return document(true)
        .replace('1.0.1', '1.1.0')
        .replace(
          /workflows:[\s\S]*$/,
          `workflows:
  - workflowId: another
    steps:
      - { stepId: early, ${operation}, ${tenant}], outputs: { listed: $response.body } }
    outputs: { found: $steps.${one('eraly', 'early')}.outputs.listed }
  - workflowId: reading
    dependsOn: [${one('anotehr', 'another')}] # before
    inputs: { type: object, required: [amount], properties: { amount: {} } }
    steps:
      - { stepId: first, ${operation}, ${tenant}, { name: limit, in: query, value: $inputs.${one('amuont', 'amount')} }], outputs: { value: $response.body } }
      - stepId: second
        dependsOn: [${one('frist', 'first')}, $workflows.${one('anothr', 'another')}.steps.early, $workflows.another.steps.${one('earyl', 'early')}]
        operationId: $sourceDescriptions.pets.createPet
        requestBody:
          payload:
            # the name
            name: "a {$steps.${one('fisrt', 'first')}.outputs.value#/0}, {$steps.first.outputs.${one('vlaue', 'value')}}"
            kind: cat
            source: $sourceDescriptions.${one('ohter', 'other')}.url
            before: [ $workflows.${one('another', 'another')}.outputs.${one('foudn', 'found')}, $components.parameters.${one('tenatn', 'tenant')} ]
        successCriteria: [{ condition: $steps.${one('firts', 'first')}.outputs.value != null }]
      - { stepId: third, dependsOn: [${one('$steps.second', 'second')}], ${operation}, parameters: [{ reference: $components.parameters.${one('tenatn', 'tenant')} }] }
components: { parameters: { tenant: { name: X-Tenant, in: header, value: t } } }
`,
        );
    };
    const { text, diagnostics } = await fix(written(false));
    expect(text).toBe(written(true));
    expect(diagnostics.map(shorten)).toEqual([]);
  });

  it.each([
    ['short', '$steps.lits.outputs.first'],
    ['near to none', '$steps.listing.outputs.first'],
    ['twice in one text', '{$steps.craete.outputs.x} {$steps.craete.outputs.x}'],
  ])('leaves names alone that are %s', async (_, value) => {
    const faulty = document(true).replace('name: pet-{$steps.list.outputs.first}', `name: '${value}'`);
    expect((await fix(faulty)).text).toBe(faulty);
  });

  it('keeps a byte order mark', async () => {
    const { text } = await fix(`\ufeff${document(false)}`);
    expect(text).toBe(`\ufeff${document(true)}`);
  });

  it.each([
    ['a folded block', 'condition: >-\n              $statusCode\n              = 200'],
    ['a condition that reads two ways', 'condition: $response.body#/a=1'],
    ['a condition that is wrong otherwise', 'condition: $statusCode = 200 =='],
  ])('leaves %s alone', async (_, condition) => {
    const faulty = document(true).replace('condition: $statusCode == 200', condition);
    const { text, fixed, diagnostics } = await fix(faulty);
    expect([text, fixed, diagnostics.map(({ code }) => code)]).toEqual([faulty, [], ['invalid-condition']]);
  });

  it('corrects what brings a warning to light', async () => {
    const faulty = document(true).replace('condition: $statusCode == 200', 'condition: $statusCode = 299');
    const { text, diagnostics } = await fix(faulty);
    expect([text, diagnostics.map(({ code }) => code)]).toEqual([
      faulty.replace('= 299', '== 299'),
      ['impossible-criterion'],
    ]);
  });

  it('says what is wrong with a file that is no document, and leaves it', async () => {
    const { text, fixed, diagnostics } = await fix('a: [');
    expect([text, fixed, diagnostics.map(({ code }) => code)]).toEqual(['a: [', [], ['not-yaml']]);
  });
});
