import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { plan } from '../plan/make-plan.ts';
import { checkText, loadText, oneWorkflow, petsApi, shorten } from '../testing/documents.ts';
import { reachDocuments } from './arazzo-document.ts';
import { loadDocument } from './load.ts';

const head = "arazzo: 1.1.0\ninfo: { title: Other, version: '1' }\n";
const list =
  '- { stepId: list, operationId: $sourceDescriptions.pets.listPets, parameters: [{ name: X-Tenant, in: header, value: t }] }';
const own = 'sourceDescriptions: [{ name: pets, url: pets.yaml }, { name: other, url: other.yaml, type: arazzo }]\n';

/** Another document, with the sources given and one workflow `v` that continues with `rest`. */
function other(rest = '', sources = '{ name: pets, url: pets.yaml }'): string {
  return `${head}sourceDescriptions: [${sources}]\n${oneWorkflow(list, rest).replace('workflowId: w', 'workflowId: v')}`;
}

describe('sources of the type arazzo', () => {
  it.each([
    ['a step', '- { stepId: a, workflowId: $sourceDescriptions.other.v }', ''],
    ['dependsOn', list, 'dependsOn: [$sourceDescriptions.other.v]'],
    [
      'an action',
      `${list.slice(0, -1)}, onSuccess: [{ name: g, type: goto, workflowId: $sourceDescriptions.other.v }] }`,
      '',
    ],
  ])('are reached by %s', async (_, steps, rest) => {
    const files = { 'pets.yaml': petsApi, 'other.yaml': other() };
    const text = own + oneWorkflow(steps, rest);
    expect(await checkText(text, files)).toEqual([]);
    const result = await plan(await loadText(text, files));
    expect(result.kind === 'planned' && [...result.plan.workflows.keys()].sort()).toEqual([
      '$sourceDescriptions.other.v',
      'w',
    ]);
  });

  it.each([
    [
      '$sourceDescriptions.other.x',
      'error unknown-workflow /workflows/0/steps/0/workflowId: The source "other" has no workflow "x"; its workflows are "v". Did you mean "v"?',
    ],
    [
      '$sourceDescriptions.oter.v',
      'error unknown-source /workflows/0/steps/0/workflowId: "$sourceDescriptions.oter.v" names the source "oter"; the sources are "pets" and "other". Did you mean "other"?',
    ],
    [
      '$sourceDescriptions.pets.v',
      'error unknown-workflow /workflows/0/steps/0/workflowId: "$sourceDescriptions.pets.v" names a workflow of the source "pets", which is of the type "openapi"; one of the type "arazzo" was expected.',
    ],
  ])('report the wrong name %s', async (workflowId, finding) => {
    const text = own + oneWorkflow(`- { stepId: a, workflowId: ${workflowId} }`);
    expect(await checkText(text, { 'pets.yaml': petsApi, 'other.yaml': other() })).toEqual([finding]);
  });

  it.each([
    [
      'that is missing',
      {},
      'error file-unreadable /sourceDescriptions/1/url: The source "other" cannot be read: The file "file:///documents/other.yaml" does not exist.',
    ],
    [
      'that is something else',
      { 'other.yaml': petsApi },
      'error not-arazzo /sourceDescriptions/1/url: The source "other" (file:///documents/other.yaml) is of the type "arazzo". The file has the field "openapi" and no field "arazzo"; an Arazzo document, an object with the field "arazzo", was expected.',
    ],
  ])('report a file %s once', async (_, files, finding) => {
    const text = own + oneWorkflow('- { stepId: a, workflowId: $sourceDescriptions.other.v }');
    expect(await checkText(text, { 'pets.yaml': petsApi, ...files })).toEqual([finding]);
  });

  it('tell what is wrong in the other document, in its file', async () => {
    const text = own + oneWorkflow('- { stepId: a, workflowId: $sourceDescriptions.other.v }');
    const files = { 'pets.yaml': petsApi, 'other.yaml': other('outputs: { o: $inputs.x }') };
    const findings = await check(await loadText(text, files));
    expect(findings.map(({ url, start }) => [url, start?.line])).toEqual([['file:///documents/other.yaml', 6]]);
    expect(findings.map(shorten)).toEqual([
      'error unknown-input /workflows/0/outputs/o: The workflow "v" has no input "x"; its inputs are none.',
    ]);
  });

  it('may lead to each other in circles, and each is read once', async () => {
    const sources = '{ name: pets, url: pets.yaml }, { name: main, url: test.yaml, type: arazzo }';
    const document = await loadText(own + oneWorkflow(list), {
      'pets.yaml': petsApi,
      'other.yaml': other('', sources),
    });
    expect(reachDocuments(document).map(({ url }) => url)).toEqual([
      'file:///documents/test.yaml',
      'file:///documents/other.yaml',
    ]);
    expect(document.linked.get('other')?.document?.linked.get('main')?.document?.path).toEqual([]);
  });

  it('report workflows that depend on each other across documents', async () => {
    const sources = '{ name: pets, url: pets.yaml }, { name: main, url: test.yaml, type: arazzo }';
    const files = {
      'pets.yaml': petsApi,
      'other.yaml': other('dependsOn: [$sourceDescriptions.main.w]', sources),
    };
    expect(await checkText(own + oneWorkflow(list, 'dependsOn: [$sourceDescriptions.other.v]'), files)).toEqual([
      'error workflow-cycle /workflows/0/dependsOn: The workflow "w" depends on itself, by way of "$sourceDescriptions.other.v" and "w"; a workflow must be complete before those that depend on it.',
      'error workflow-cycle /workflows/0/dependsOn: The workflow "v" depends on itself, by way of "w" and "$sourceDescriptions.other.v"; a workflow must be complete before those that depend on it.',
    ]);
  });

  it('are known by their $self as well as by their place (Arazzo 1.1.0 §Resolving References)', async () => {
    const self = 'https://flows.test/other.yaml';
    const sources =
      'sourceDescriptions: [{ name: pets, url: pets.yaml }, { name: here, url: other.yaml, type: arazzo }, { name: there, url: https://flows.test/other.yaml, type: arazzo }]\n';
    const text = sources + oneWorkflow('- { stepId: a, workflowId: $sourceDescriptions.there.v }');
    const document = await loadText(text, {
      'pets.yaml': petsApi,
      'other.yaml': other().replace('info:', `$self: ${self}\ninfo:`),
    });
    expect(reachDocuments(document).map(({ base }) => base)).toEqual(['file:///documents/test.yaml', self]);
    expect(document.linked.get('there')?.document).toBe(document.linked.get('here')?.document);
  });
});

describe('documents that call themselves something', () => {
  const main = '$self: https://flows.test/main.yaml\n';
  const step = '- { stepId: a, workflowId: $sourceDescriptions.other.v }';

  it.each([
    ['other.yaml', '$self: https://flows.test/other.yaml', []],
    ['https://flows.test/other.yaml', '$self: https://flows.test/other.yaml', []],
    [
      'other.yaml',
      '',
      [
        'warning source-elsewhere /sourceDescriptions/1/url: The source "other" is not at "https://flows.test/other.yaml"; it was read from "file:///documents/other.yaml". A URL relative to the document was expected (Arazzo 1.1.0 §Relative References in Arazzo Description URIs).',
      ],
    ],
  ])('are found beside each other: %s with %j', async (url, self, findings) => {
    const sources = `sourceDescriptions: [{ name: pets, url: file:///documents/pets.yaml }, { name: other, url: ${url}, type: arazzo }]\n`;
    const files = {
      'pets.yaml': petsApi,
      'other.yaml': other('', '{ name: pets, url: file:///documents/pets.yaml }').replace('info:', `${self}\ninfo:`),
    };
    expect(await checkText(`${main}${sources}${oneWorkflow(step)}`, files)).toEqual(findings);
  });

  it('are known whatever the order in which they are named, before anything is read over the network', async () => {
    const sources =
      'sourceDescriptions: [{ name: pets, url: pets.yaml }, { name: there, url: https://flows.test/other.yaml, type: arazzo }, { name: here, url: other.yaml, type: arazzo }]\n';
    const text = sources + oneWorkflow('- { stepId: a, workflowId: $sourceDescriptions.there.v }');
    const self = '$self: https://flows.test/other.yaml\ninfo:';
    const files = {
      'pets.yaml': petsApi,
      'other.yaml': other('', '{ name: pets, url: file:///documents/pets.yaml }').replace('info:', self),
    };
    expect(await checkText(text, files)).toEqual([]);
  });
});

describe('places of sources', () => {
  /** Files by their names on disk, which URLs write otherwise. */
  const read = async (url: string, base?: string, self = '') => {
    const text = `${head}${self}sourceDescriptions: [{ name: pets, url: '${url}' }]\n${oneWorkflow(list)}`;
    const files = new Map([
      ['/documents/flows/deep/main.yaml', text],
      ['/documents/apis/my pets.yaml', petsApi],
      ['/documents/flows/deep/my%20pets.yaml', petsApi],
    ]);
    const reader = {
      read: async (at: URL) => {
        const found = at.protocol === 'file:' ? files.get(decodeURIComponent(at.pathname)) : undefined;
        if (found === undefined) throw new Error(`The file "${at.href}" does not exist.`);
        return new TextEncoder().encode(found);
      },
    };
    const place = new URL('file:///documents/flows/deep/main.yaml');
    const result = await loadDocument(place, reader, base === undefined ? {} : { base: new URL(base) });
    if (result.kind === 'refused') throw new Error('refused');
    return (await check(result.document)).map(shorten);
  };
  const elsewhere = (asked: string, found: string) =>
    `warning source-elsewhere /sourceDescriptions/0/url: The source "pets" is not at "${asked}"; it was read from "${found}". A URL relative to the document was expected (Arazzo 1.1.0 §Relative References in Arazzo Description URIs).`;

  it.each(['../../apis/my pets.yaml', '../../apis/my%20pets.yaml', 'my%20pets.yaml'])(
    'may hold spaces: %s',
    async (url) => {
      expect(await read(url)).toEqual([]);
    },
  );

  it.each(['./apis/my pets.yaml', './apis/my%20pets.yaml'])('are looked for in the base given: %s', async (url) => {
    expect(await read(url, 'file:///documents/')).toEqual([
      elsewhere('file:///documents/flows/deep/apis/my%20pets.yaml', 'file:///documents/apis/my%20pets.yaml'),
    ]);
  });

  it('are looked for where their URL leads from $self, when it is absolute too', async () => {
    const self = '$self: https://flows.test/flows/deep/main.yaml\n';
    expect(await read('https://flows.test/apis/my pets.yaml', undefined, self)).toEqual([
      elsewhere('https://flows.test/apis/my%20pets.yaml', 'file:///documents/apis/my%20pets.yaml'),
    ]);
  });

  it('are not looked for elsewhere without a base', async () => {
    expect(await read('./apis/my pets.yaml')).toEqual([
      'error file-unreadable /sourceDescriptions/0/url: The source "pets" cannot be read: The file "file:///documents/flows/deep/apis/my%20pets.yaml" does not exist.',
    ]);
  });

  it('are told, all of them, when there is nothing at any', async () => {
    expect(await read('./apis/none.yaml', 'file:///documents/other/')).toEqual([
      'error file-unreadable /sourceDescriptions/0/url: The source "pets" cannot be read: The file "file:///documents/flows/deep/apis/none.yaml" does not exist. Nor is it at "file:///documents/other/apis/none.yaml".',
    ]);
  });

  it('are relative to $self, and looked for beside the document after that', async () => {
    expect(await read('../../apis/my pets.yaml', undefined, '$self: https://flows.test/a/b/main.yaml\n')).toEqual([
      elsewhere('https://flows.test/apis/my%20pets.yaml', 'file:///documents/apis/my%20pets.yaml'),
    ]);
  });
});
