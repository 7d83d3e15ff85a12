import { describe, expect, it } from 'vitest';
import { checkText, loadText, oneWorkflow, petsApi } from '../testing/documents.ts';
import { describeSources } from './sources.ts';

const step = '- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }] }';

describe('sources', () => {
  it.each([
    [
      'a missing file',
      {},
      'error file-unreadable /sourceDescriptions/0/url: The source "pets" cannot be read: The file "file:///documents/pets.yaml" does not exist.',
    ],
    [
      'another kind of file',
      { 'pets.yaml': 'a: 1' },
      'error not-openapi /sourceDescriptions/0/url: The source "pets" (file:///documents/pets.yaml) has no field "openapi"; an OpenAPI 3.x or Swagger 2.0 description was expected.',
    ],
    [
      'Swagger 1',
      { 'pets.yaml': "swagger: '1.2'" },
      'error not-openapi /sourceDescriptions/0/url: The source "pets" (file:///documents/pets.yaml) is a Swagger "1.2" description; an OpenAPI 3.x or Swagger 2.0 description was expected.',
    ],
    [
      'a file that is no YAML',
      { 'pets.yaml': 'a: [' },
      'error not-openapi /sourceDescriptions/0/url: The source "pets" is not an OpenAPI description.',
    ],
  ])('report %s at the url', async (_, files, finding) => {
    const findings = await checkText(oneWorkflow(step), files);
    expect(findings).toContain(finding);
    expect(findings.some((text) => text.includes('unknown-operation'))).toBe(false);
  });

  it.each([
    ['asyncapi: 3.0.0\nchannels: {}', []],
    [
      'openapi: 3.1.0',
      [
        'error not-asyncapi /sourceDescriptions/0/url: The source "events" (file:///documents/e.yaml) has no field "asyncapi"; an AsyncAPI 2.x or 3.x description was expected.',
      ],
    ],
  ])('checks that an AsyncAPI source is one: %j', async (source, findings) => {
    const text = `sourceDescriptions: [{ name: events, url: e.yaml, type: asyncapi }, { name: pets, url: pets.yaml }]\n${oneWorkflow(step.replace('getPet', '$sourceDescriptions.pets.getPet'))}`;
    expect(await checkText(text, { 'e.yaml': source, 'pets.yaml': petsApi })).toEqual(findings);
  });

  it('accepts a bare operationId that one of several sources defines, with a warning', async () => {
    const sources = 'sourceDescriptions: [{ name: pets, url: pets.yaml }, { name: other, url: other.yaml }]\n';
    const other = 'openapi: 3.0.3\ninfo: {}\npaths: {}\n';
    expect(await checkText(sources + oneWorkflow(step), { 'pets.yaml': petsApi, 'other.yaml': other })).toEqual([
      'warning unprefixed-operation /workflows/0/steps/0/operationId: Step "a" names the operation "getPet" without its source; with several sources "$sourceDescriptions.pets.getPet" was expected (Arazzo 1.1.0 §Step Object).',
    ]);
    expect(await checkText(sources + oneWorkflow(step), { 'pets.yaml': petsApi, 'other.yaml': petsApi })).toEqual([
      'error ambiguous-operation /workflows/0/steps/0/operationId: Step "a" names the operation "getPet", which is defined 2 times, in "pets" and "other"; exactly one was expected.',
    ]);
  });

  it.each([
    ['', '"pets" and "more" do not define'],
    [', { name: flows, url: flows.yaml, type: arazzo }', '"pets" and "more" do not define'],
  ])(
    'are told when none of several defines an operation, without those that define workflows%s',
    async (also, lack) => {
      const sources = `sourceDescriptions: [{ name: pets, url: pets.yaml }, { name: more, url: pets.yaml }${also}]\n`;
      const flows = `arazzo: 1.0.1\ninfo: { title: F, version: '1' }\nsourceDescriptions: [{ name: pets, url: pets.yaml }]\n${oneWorkflow(step)}`;
      const text = sources + oneWorkflow(step.replace('getPet', 'sellAll'));
      expect(await checkText(text, { 'pets.yaml': petsApi, 'flows.yaml': flows })).toEqual([
        `error unknown-operation /workflows/0/steps/0/operationId: Step "a" names the operation "sellAll", which ${lack}.`,
      ]);
    },
  );

  it('must be there for a step to name an operation', async () => {
    const text = `sourceDescriptions: [{ name: pets, url: '' }]\n${oneWorkflow(step)}`;
    expect(await checkText(text)).toContain(
      'error unknown-operation /workflows/0/steps/0/operationId: Step "a" names the operation "getPet", which no source defines.',
    );
  });

  it('are described with their server', async () => {
    const summaries = await describeSources(await loadText(oneWorkflow(step)));
    expect(summaries).toEqual([
      {
        name: 'pets',
        type: 'openapi',
        url: 'file:///documents/pets.yaml',
        serverUrl: 'http://pets.test/v1',
        securitySchemes: new Map(),
        description: expect.objectContaining({ openapi: '3.1.0' }),
      },
    ]);
  });

  it('follow references into other files and through circles', async () => {
    const files = {
      'pets.yaml': "openapi: 3.1.0\nservers: [{ url: http://x.test }]\npaths: { /a: { $ref: 'parts/a.yaml#/item' } }",
      'parts/a.yaml':
        "item: { get: { operationId: getPet, parameters: [{ $ref: '#/id' }, { $ref: '../pets.yaml#/none' }] } }\nid: { name: petId, in: header, required: true, schema: { $ref: '#/loop' } }\nloop: { $ref: '#/loop' }",
    };
    const findings = await checkText(
      oneWorkflow('- { stepId: a, operationId: getPet, parameters: [{ name: petId, in: header, value: 1 }] }'),
      files,
    );
    expect(findings).toEqual([
      'error unresolved-reference /item/get/parameters/1/$ref: The reference "../pets.yaml#/none" cannot be resolved: there is nothing at that place.',
      'error unresolved-reference /id/schema/$ref: The reference "#/loop" cannot be resolved: it leads in a circle.',
    ]);
  });

  it('warn of a path item that cannot be read, and miss only the operations that may be in it', async () => {
    const files = {
      'pets.yaml':
        "openapi: 3.1.0\nservers: [{ url: http://x.test }]\npaths: { /a: { get: { operationId: getPet } }, /b: { $ref: 'none.yaml' } }",
    };
    const warning =
      'warning unresolved-reference /paths/~1b/$ref: The reference "none.yaml" cannot be resolved: The file "file:///documents/none.yaml" does not exist.';
    expect(await checkText(oneWorkflow('- { stepId: a, operationId: getPet }'), files)).toEqual([warning]);
    expect(await checkText(oneWorkflow('- { stepId: a, operationId: putPet }'), files)).toEqual([
      expect.stringMatching(/^error unknown-operation /),
      warning,
    ]);
  });
});
