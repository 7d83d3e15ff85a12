import { describe, expect, it } from 'vitest';
import { type PlanOptions, plan } from '../plan/make-plan.ts';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { preview } from './preview.ts';

async function previewOf(text: string, options: PlanOptions = {}) {
  const planned = await plan(await loadText(text), options);
  if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
  return preview(planned.plan);
}

const create = `- stepId: create
  operationId: createPet
  requestBody: { contentType: application/json, payload: { name: $inputs.name } }
  outputs: { id: $response.body#/id, pet: $response.body }`;
const inputs = 'inputs: { type: object, properties: { name: { type: string } } }';

describe('the preview of a run', () => {
  it('tells the secrets that called workflows are given, and what a workflow reads of its own inputs', async () => {
    const called = `${oneWorkflow(create, inputs.replace('{ type: string }', '{ type: string, format: password }'))}`;
    const text = `${called.replace('$inputs.name', '$workflows.w.inputs.name')}${oneWorkflow(
      '- { stepId: call, workflowId: w, parameters: [{ name: name, value: hunter2 }] }',
    )
      .replace('workflows:\n', '')
      .replace('workflowId: w', 'workflowId: caller')}`;
    const planned = await plan(await loadText(text), { workflowIds: ['caller'] });
    if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
    const secrets: string[] = [];
    const requests = preview(planned.plan, { onSecrets: (texts) => secrets.push(...texts) });
    expect(requests).toMatchObject([{ workflowId: 'w', body: { name: 'hunter2' } }]);
    expect(secrets).toEqual(['hunter2']);
  });

  it('has every request in order, with known values filled in and later ones as their expressions', async () => {
    const steps = `${create}
- stepId: again
  operationId: createPet
  requestBody:
    contentType: application/json
    payload: { name: 'after {$steps.create.outputs.id}', list: [$steps.create.outputs.pet#/tags/0, $inputs.name, 7] }
- stepId: get
  operationId: getPet
  parameters:
    - { name: petId, in: path, value: $steps.create.outputs.id }
    - { name: X-Note, in: header, value: 'id {$steps.create.outputs.id}' }`;
    const json = { accept: '*/*', 'content-type': 'application/json' };
    expect(await previewOf(oneWorkflow(steps, inputs), { inputs: { name: 'Rex' } })).toMatchObject([
      { stepId: 'create', method: 'POST', url: 'http://pets.test/v1/pets', headers: json, body: { name: 'Rex' } },
      {
        stepId: 'again',
        body: {
          name: 'after {$steps.create.outputs.id}',
          list: ['$steps.create.outputs.pet#/tags/0', 'Rex', 7],
        },
      },
      {
        kind: 'planned-request',
        workflowId: 'w',
        stepId: 'get',
        method: 'GET',
        url: 'http://pets.test/v1/pets/{$steps.create.outputs.id}',
        headers: { accept: '*/*', 'x-note': 'id {$steps.create.outputs.id}' },
      },
    ]);
  });

  it('follows called workflows, and values of the caller into them', async () => {
    const text = `workflows:
  - workflowId: outer
    steps:
      - stepId: create
        operationId: createPet
        requestBody: { contentType: application/json, payload: { name: Rex } }
        outputs: { pet: $response.body }
      - { stepId: call, workflowId: inner, parameters: [{ name: pet, value: $steps.create.outputs.pet }, { name: id, value: 7 }] }
  - workflowId: inner
    inputs: { type: object, properties: { pet: {}, id: { type: integer } } }
    steps:
      - { stepId: known, operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.id }] }
      - { stepId: later, operationId: getPet, parameters: [{ name: petId, in: path, value: $inputs.pet#/id }] }
`;
    expect((await previewOf(text, { workflowIds: ['outer'] })).map(summarize)).toEqual([
      'outer create http://pets.test/v1/pets',
      'inner known http://pets.test/v1/pets/7',
      'inner later http://pets.test/v1/pets/{$inputs.pet#/id}',
    ]);
  });

  it('follows what is surely done after success, and goes round no loop', async () => {
    const list = (stepId: string, rest: string) =>
      `- { stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: ${stepId} }], ${rest} }`;
    const always = (stepId: string) => `onSuccess: [{ name: on, type: goto, stepId: ${stepId} }]`;
    const maybe = 'onSuccess: [{ name: on, type: end, criteria: [{ condition: $statusCode == 204 }] }]';
    const steps = [list('a', always('c')), list('b', ''), list('c', maybe), list('d', always('a'))].join('\n');
    expect((await previewOf(oneWorkflow(steps))).map(({ stepId }) => stepId)).toEqual(['a', 'c', 'd']);
  });

  it('follows a jump into another workflow, and what the action gives it', async () => {
    const get = (value: string) => `operationId: getPet, parameters: [{ name: petId, in: path, value: ${value} }]`;
    const parameters = `[{ name: id, value: $steps.a.outputs.id }, { name: tag, value: 'T-{$response.body#/tag}' }, { name: known, value: 7 }]`;
    const text = `workflows:
  - workflowId: one
    steps:
      - { stepId: a, ${get('a')}, outputs: { id: $response.body#/id }, onSuccess: [{ name: go, type: goto, workflowId: two, parameters: ${parameters} }] }
  - workflowId: two
    inputs: { type: object, properties: { id: { type: integer }, tag: { type: string }, known: { type: integer } } }
    steps:
      - { stepId: b, ${get('$inputs.id')} }
      - { stepId: c, ${get("'{$inputs.tag}.{$inputs.known}'")} }
`;
    expect((await previewOf(text, { workflowIds: ['one'] })).map(summarize)).toEqual([
      'one a http://pets.test/v1/pets/a',
      'two b http://pets.test/v1/pets/{$steps.a.outputs.id}',
      'two c http://pets.test/v1/pets/T-{$response.body#/tag}.7',
    ]);
  });

  describe('of bodies that are not sent as values', () => {
    const api = (mediaType: string, media: string) => `openapi: 3.1.0
info: { title: Forms, version: '1' }
servers: [{ url: 'http://forms.test' }]
paths: { /forms: { post: { operationId: send, requestBody: { content: { '${mediaType}': { ${media} } } }, responses: { '200': { description: A } } } } }
`;
    const requestWith = async (mediaType: string, payload: string, media = '') => {
      const steps = `- { stepId: first, operationId: send, outputs: { id: $response.body#/id } }
- { stepId: next, operationId: send, requestBody: { payload: ${payload} } }`;
      const text = `sourceDescriptions: [{ name: forms, url: forms.yaml }]\n${oneWorkflow(steps, inputs)}`;
      const loaded = await loadText(text, { 'forms.yaml': api(mediaType, media) });
      const planned = await plan(loaded, { inputs: { name: 'a b' } });
      if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
      const request = preview(planned.plan)[1];
      return request?.kind === 'planned-request' ? request : undefined;
    };
    const later = '$steps.first.outputs.id';

    it('has their fields as they are sent, beside the value', async () => {
      const payload = `{ name: $inputs.name, 'b&c': [1, ${later}], none: null, deep: { d: 'x{${later}}!' } }`;
      const media = 'encoding: { deep: { style: deepObject } }';
      expect(await requestWith('application/x-www-form-urlencoded', payload, media)).toMatchObject({
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: { name: 'a b', 'b&c': [1, later], none: null, deep: { d: `x{${later}}!` } },
        fields: [
          { member: 'name', head: 'name=', value: 'a%20b' },
          { member: 'b&c', head: 'b%26c=', value: '1' },
          { member: 'b&c', head: 'b%26c=', value: `{${later}}` },
          { member: 'deep', head: 'deep%5Bd%5D=', value: `x{${later}}%21` },
        ],
      });
    });

    it('has the parts of multipart ones, and of files that are no text their length', async () => {
      const file = '{ type: string, format: binary }';
      const names = ['text', 'image', 'named', 'coming', 'url'];
      const properties = names.map((name) => `${name}: ${file}`).join(', ');
      const payload = `{ note: 'a\\r\\nb', meta: { id: ${later} }, text: aGk=, image: AAEC, named: 'data:;base64,/wA=', coming: ${later}, url: 'data:;base64,{${later}}' }`;
      const request = await requestWith('multipart/form-data', payload, `schema: { properties: { ${properties} } }`);
      const head = (name: string) => `Content-Disposition: form-data; name="${name}"`;
      const fileHead = (name: string) =>
        `${head(name)}; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
      expect(request?.fields).toEqual([
        { member: 'note', head: `${head('note')}\r\n\r\n`, value: 'a\\r\\nb' },
        {
          member: 'meta',
          head: `${head('meta')}\r\nContent-Type: application/json\r\n\r\n`,
          value: `{"id":"{${later}}"}`,
        },
        { member: 'text', head: fileHead('text'), value: 'hi' },
        { member: 'image', head: fileHead('image'), value: '(3 bytes)' },
        { member: 'named', head: fileHead('named'), value: '(2 bytes)' },
        { member: 'coming', head: fileHead('coming'), value: `{${later}}` },
        { member: 'url', head: fileHead('url'), value: `data:;base64,{${later}}` },
      ]);
    });

    it('has the parts of other multipart ones, by name or by position, and what is within a part', async () => {
      const schema = 'schema: { prefixItems: [{ type: object }, { format: binary }] }';
      const encoding = `prefixEncoding: [{}, {}, { contentType: multipart/mixed }]`;
      const request = await requestWith(
        'multipart/mixed',
        `[{ id: ${later} }, AAEC, [${later}]]`,
        `${schema}, ${encoding}`,
      );
      const text = 'Content-Type: text/plain; charset=utf-8\r\n\r\n';
      const boundary = /boundary=(.*)\r\n\r\n$/.exec(request?.fields?.[2]?.head ?? '')?.[1];
      expect(request?.fields).toEqual([
        { member: '0', head: 'Content-Type: application/json\r\n\r\n', value: `{"id":"{${later}}"}` },
        { member: '1', head: 'Content-Type: application/octet-stream\r\n\r\n', value: '(3 bytes)' },
        {
          member: '2',
          head: `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n`,
          value: `--${boundary}\r\n${text}{${later}}\r\n--${boundary}--\r\n`,
        },
      ]);
      const named = await requestWith('multipart/mixed', '{ a: b }');
      const head = `Content-Disposition: form-data; name="a"\r\n${text}`;
      expect(named?.fields).toEqual([{ member: 'a', head, value: 'b' }]);
    });

    it('has the text of XML as it is sent, beside the value', async () => {
      const schema = 'schema: { xml: { name: pet }, properties: { id: { xml: { attribute: true } } } }';
      expect(
        await requestWith('application/xml', `{ id: ${later}, name: 'a<b', tags: [1, 'x {${later}}'] }`, schema),
      ).toMatchObject({
        body: { id: later, name: 'a<b', tags: [1, `x {${later}}`] },
        text: `<?xml version="1.0" encoding="UTF-8"?><pet id="{${later}}"><name>a&lt;b</name><tags>1</tags><tags>x {${later}}</tags></pet>`,
      });
    });

    it.each([
      ['AAEC', '', { bytes: 3, decodedFrom: 'base64' }],
      ["'data:image/png;base64,AAE='", '', { bytes: 2, decodedFrom: 'data URL' }],
      ["'data:,a%20b'", '', { bytes: 3, decodedFrom: 'data URL' }],
      ['AAEC', 'schema: { type: string, contentEncoding: base64 }', undefined],
    ])('has the length of the bytes that %s stands for with { %s }, and what it is', async (payload, media, binary) => {
      const request = await requestWith('image/png', payload, media);
      expect(request?.body).toBe(payload.replaceAll("'", ''));
      expect(request?.binary).toEqual(binary);
    });

    it.each([
      ['application/x-www-form-urlencoded', `'a={${later}}&b=1'`, `a={${later}}&b=1`],
      ['application/x-www-form-urlencoded', later, later],
      ['application/json', '{ a: 1 }', { a: 1 }],
      ['application/xml', `'<a>{${later}}</a>'`, `<a>{${later}}</a>`],
      ['application/xml', later, later],
      ['application/octet-stream', 'plain text!', 'plain text!'],
      ['application/octet-stream', later, later],
      ['image/png', `'data:;base64,{${later}}'`, `data:;base64,{${later}}`],
    ])(
      'has nothing beside the body of %s with the payload %s, which is shown as it is',
      async (mediaType, payload, body) => {
        const request = await requestWith(mediaType, payload);
        expect(request?.body).toEqual(body);
        expect(request).not.toHaveProperty('fields');
        expect(request).not.toHaveProperty('text');
        expect(request).not.toHaveProperty('binary');
      },
    );
  });

  it('says why a request cannot be made', async () => {
    const length = '[{ name: Content-Length, in: header, value: $steps.create.outputs.id }]';
    const again = `- { stepId: again, operationId: createPet, parameters: ${length}, requestBody: { payload: { name: Rex } } }`;
    expect((await previewOf(oneWorkflow(`${create}\n${again}`, inputs), { inputs: { name: 'Rex' } })).slice(1)).toEqual(
      [
        {
          kind: 'refused-request',
          workflowId: 'w',
          stepId: 'again',
          message:
            'The header "Content-Length" has the value "{$steps.create.outputs.id}", and the body has 14 bytes; leave the header out.',
        },
      ],
    );
  });

  it('tells the replacements whose places only an answer has, beside the body', async () => {
    const steps = `${create}
- stepId: again
  operationId: createPet
  requestBody:
    contentType: application/json
    payload: $steps.create.outputs.pet
    replacements:
      - { target: /name, value: $inputs.name }
      - { target: /tags/0, value: $steps.create.outputs.id }
- stepId: partly
  operationId: createPet
  requestBody:
    contentType: application/json
    payload: { name: x, owner: $steps.create.outputs.pet }
    replacements: [{ target: /owner/id, value: 7 }, { target: /name, value: y }]`;
    expect(await previewOf(oneWorkflow(steps, inputs), { inputs: { name: 'Rex' } })).toMatchObject([
      { stepId: 'create' },
      {
        kind: 'planned-request',
        stepId: 'again',
        body: '$steps.create.outputs.pet',
        replacements: [
          { target: '/name', value: 'Rex' },
          { target: '/tags/0', value: '$steps.create.outputs.id' },
        ],
      },
      {
        stepId: 'partly',
        body: { name: 'y', owner: '$steps.create.outputs.pet' },
        replacements: [{ target: '/owner/id', value: 7 }],
      },
    ]);
  });
});

function summarize(request: Awaited<ReturnType<typeof previewOf>>[number]): string {
  return `${request.workflowId} ${request.stepId} ${request.kind === 'planned-request' ? request.url : request.message}`;
}
