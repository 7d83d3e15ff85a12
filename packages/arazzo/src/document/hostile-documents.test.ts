import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { plan } from '../plan/make-plan.ts';
import { checkText, loadText, memoryReader, oneWorkflow, petsApi } from '../testing/documents.ts';
import { loadDocument } from './load.ts';

const getPet = 'operationId: getPet, parameters: [{ name: petId, in: path, value: 1 }]';

async function refusalOf(text: string): Promise<unknown> {
  const result = await loadDocument(new URL('file:///documents/test.yaml'), memoryReader({ 'test.yaml': text }));
  return result.kind === 'refused' ? result.diagnostics.map(({ code, message }) => [code, message]) : 'loaded';
}

describe('hostile documents', () => {
  it('that expand without bound are refused', async () => {
    const levels = Array.from({ length: 9 }, (_, index) => {
      const alias = `*a${index - 1}`;
      return `a${index}: &a${index} [${index === 0 ? 'lol, lol' : Array.from({ length: 10 }, () => alias).join(', ')}]`;
    });
    expect(await refusalOf(`arazzo: 1.0.1\n${levels.join('\n')}\n`)).toEqual([
      ['alias-refused', 'The aliases expand to more than 5000000 values.'],
    ]);
  });

  it.each([
    [95, 'loaded'],
    [200, [['not-yaml', expect.stringContaining('The file is not YAML or JSON: ')]]],
    [100_000, [['not-yaml', expect.stringContaining('The file is not YAML or JSON: ')]]],
  ])('that are nested %i deep are told apart', async (depth, outcome) => {
    expect(await refusalOf(`arazzo: 1.0.1\nx-deep: ${'['.repeat(depth)}${']'.repeat(depth)}\n`)).toEqual(outcome);
  });

  it('that use the names of prototypes find only what they say', async () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const steps = names.map((name) => `- { stepId: ${name}, ${getPet}, outputs: { ${name}: $response.body } }`);
    const rest = `inputs: { type: object, properties: { __proto__: { type: string }, constructor: {} } }\noutputs: { __proto__: $steps.__proto__.outputs.__proto__, constructor: $inputs.constructor, x: $inputs.__proto__ }`;
    expect(await checkText(oneWorkflow(steps.join('\n'), rest))).toEqual([]);
    const document = await loadText(oneWorkflow(steps.join('\n'), rest));
    const inputs = JSON.parse('{ "__proto__": "p", "constructor": 1 }');
    const result = await plan(document, { inputs, servers: { pets: 'http://x.test' } });
    expect(result).toMatchObject({ kind: 'planned', warnings: [] });
    expect(await checkText(oneWorkflow(`- { stepId: a, ${getPet} }`, 'outputs: { o: $inputs.__proto__ }'))).toEqual([
      'error unknown-input /workflows/0/outputs/o: The workflow "w" has no input "__proto__"; its inputs are none.',
    ]);
    expect(Object.hasOwn(Object.prototype, 'p')).toBe(false);
  });

  it('whose API refers to itself are checked all the same', async () => {
    const api = petsApi
      .replace(
        '{ type: object, required: [name], properties: { name: { type: string } } }',
        "{ $ref: '#/components/schemas/tree' }",
      )
      .concat(
        "components: { schemas: { tree: { properties: { name: {}, child: { $ref: '#/components/schemas/tree' }, all: { allOf: [{ $ref: '#/components/schemas/tree' }] } } } } }\n",
      );
    const body = '{ name: a, child: { child: { child: {} } }, kind: cat }';
    const step = `- { stepId: a, operationId: createPet, requestBody: { payload: ${body} } }`;
    expect(await checkText(oneWorkflow(step), { 'pets.yaml': api })).toEqual([]);
  });

  it('that lead to others without end are not followed for ever', async () => {
    const document = (index: number) =>
      `arazzo: 1.0.1\ninfo: { title: T, version: '1' }\nsourceDescriptions: [{ name: next, url: 'file:///documents/${index + 1}.yaml', type: arazzo }]\nworkflows: [{ workflowId: w, steps: [{ stepId: a, workflowId: w }] }]\n`;
    const reader = {
      read: async (url: URL) =>
        new TextEncoder().encode(document(Number.parseInt(url.pathname.slice('/documents/'.length), 10))),
    };
    const result = await loadDocument(new URL('file:///documents/0.yaml'), reader);
    if (result.kind === 'refused') throw new Error('refused');
    const unread = (await check(result.document)).filter(({ code }) => code === 'file-unreadable');
    expect(unread.map(({ url, message }) => [url, message])).toEqual([
      [
        'file:///documents/499.yaml',
        'The source "next" is not read: more than 500 Arazzo documents lead to each other.',
      ],
    ]);
  });

  it('that miss thousands of names are told so in bounded messages', async () => {
    const steps = Array.from({ length: 500 }, (_, index) => `- { stepId: s${index}, operationId: none${index} }`);
    const document = await loadText(oneWorkflow(steps.join('\n'), 'outputs: { o: $steps.nowhere.outputs.x }'));
    const findings = await check(document);
    expect(findings).toHaveLength(501);
    expect(findings.filter(({ message }) => message.length > 2000)).toEqual([]);
    expect(findings[0]?.message).toContain('"s48", "s49" and 450 more');
  });
});
