import { describe, expect, it } from 'vitest';
import { checkText, oneWorkflow, petsApi } from '../../testing/documents.ts';

const api = petsApi
  .replace(
    'application/x-www-form-urlencoded: {}',
    'application/x-www-form-urlencoded: {}\n          application/xml: {}\n          text/plain: {}',
  )
  .replace(
    '- { name: limit, in: query',
    '- { name: whole, in: querystring }\n        - { name: Note, in: header }\n        - { name: crumb, in: cookie, style: cookie }\n        - { name: limit, in: query',
  );

const createPet = (body: string) => `- { stepId: a, operationId: createPet, requestBody: { ${body} } }`;
const listPets = (parameter: string) =>
  `- { stepId: a, operationId: listPets, parameters: [{ name: X-Tenant, in: header, value: t }, { ${parameter} }] }`;
const getPet = (value: string, stepId = 'a', rest = '') =>
  `- { stepId: ${stepId}, operationId: getPet, parameters: [{ name: petId, in: path, value: ${value} }]${rest} }`;

async function findings(steps: string, rest = ''): Promise<readonly string[]> {
  const found = await checkText(`arazzo: 1.1.0\n${oneWorkflow(steps, rest)}`, { 'pets.yaml': api });
  return found.map((line) => line.replace('/workflows/0/steps/', ''));
}

const inputs = 'inputs: { type: object, properties: { id: {}, text: {} } }';
const outputs = ', outputs: { id: $response.body#/id, pet: $response.body }';

describe('a parameter', () => {
  it.each([
    [
      getPet("''"),
      'error invalid-parameter 0/parameters/0/value: The path parameter "petId" of "/pets/{petId}" is "", which is no path segment.',
    ],
    [
      getPet('..'),
      'error invalid-parameter 0/parameters/0/value: The path parameter "petId" of "/pets/{petId}" is "..", which is no path segment.',
    ],
    [
      getPet('[]'),
      'error invalid-parameter 0/parameters/0/value: The path parameter "petId" of "/pets/{petId}" is [], which is no path segment.',
    ],
    [
      getPet('null'),
      'error invalid-parameter 0/parameters/0/value: The path parameter "petId" of "/pets/{petId}" has no value.',
    ],
    [
      listPets(String.raw`name: Note, in: header, value: "a\r\nX-Evil: 1"`),
      String.raw`error invalid-parameter 0/parameters/1/value: The header "Note" has the value "a\r\nX-Evil: 1", which HTTP cannot carry.`,
    ],
    [
      listPets('name: crumb, in: cookie, value: a; b=c'),
      'error invalid-parameter 0/parameters/1/value: The cookie "crumb" is "a; b=c", which a cookie cannot hold.',
    ],
  ])('of %s is found to be one that cannot be sent', async (step, finding) => {
    expect(await findings(step)).toEqual([finding]);
  });

  it.each([getPet('$inputs.id'), getPet("'{$inputs.id}'"), listPets('name: Note, in: header, value: ""')])(
    'of %s may turn out well',
    async (step) => {
      const found = await findings(step, inputs);
      expect(found.filter((line) => line.startsWith('error'))).toEqual([]);
    },
  );

  it('that a step gives which every way skips is missing', async () => {
    const skipped = [
      getPet('1', 'first', ', onSuccess: [{ name: on, type: goto, stepId: last }]'),
      getPet('2', 'skipped', outputs),
      getPet('$steps.skipped.outputs.id', 'last'),
    ].join('\n');
    expect(await findings(skipped)).toContain(
      'error missing-parameter 2/parameters/0/value: The step "last" does not give the parameter "petId", which the API requires: every way leads past the step "skipped".',
    );
    const perhaps = skipped.replace(
      'stepId: last }',
      "stepId: last, criteria: [{ condition: '$statusCode == 201' }] }",
    );
    expect((await findings(perhaps)).map((line) => line.split(':')[0])).toEqual([
      'warning skipped-step 2/parameters/0/value',
    ]);
  });
});

describe('a payload', () => {
  const at = '0/requestBody';
  it.each([
    [`contentType: application/json, payload: '{"name": }'`, 'no JSON'],
    ['contentType: application/json, payload: Rex', 'no JSON'],
    [`payload: ''`, 'no JSON'],
    [`payload: '{"name": "{$inputs.text}" "kind": "cat"}'`, 'no JSON'],
    ["contentType: application/xml, payload: '<pet><name></pet>'", 'no XML'],
    ["contentType: application/xml, payload: 'Rex'", 'no XML'],
    ['contentType: application/xml, payload: { "a b": 1 }', 'cannot be written as the name of an XML element'],
    ['contentType: text/plain; charset=us-ascii, payload: é', 'which the charset "us-ascii" has not'],
    [
      'contentType: application/x-www-form-urlencoded, payload: 7',
      'cannot be written as "application/x-www-form-urlencoded"',
    ],
  ])('with %s is found to be what its content type does not say', async (body, reason) => {
    const found = await findings(createPet(body), inputs);
    expect(found).toEqual([expect.stringContaining(reason)]);
    expect(found[0]).toMatch(`error invalid-body ${at}/payload: `);
  });

  it('of a charset that is not known is refused although its text is to come', async () => {
    expect(await findings(createPet('contentType: text/plain; charset=ebcdic, payload: $inputs.text'), inputs)).toEqual(
      [expect.stringContaining(`error invalid-body ${at}/contentType: The charset "ebcdic" of the body is not known`)],
    );
  });

  it.each([
    `payload: '{"name": {$inputs.text}}'`,
    `payload: '{"name": "{$inputs.text}"}'`,
    `payload: '{ {$inputs.text} }'`,
    'contentType: application/xml, payload: \'<!DOCTYPE pet SYSTEM "pet.dtd"><pet/>\'',
    "contentType: application/xml, payload: '<pet>{$inputs.text}</pet>'",
    "contentType: application/x-www-form-urlencoded, payload: 'name=Rex&kind=cat'",
    'contentType: text/plain, payload: Rex',
  ])('with %s may turn out well', async (body) => {
    expect(await findings(createPet(body), inputs)).toEqual([]);
  });
});

describe('the target of a replacement', () => {
  const body = (payload: string, ...replacements: readonly string[]) =>
    createPet(`payload: ${payload}, replacements: [${replacements.map((one) => `{ ${one} }`).join(', ')}]`);

  it.each([
    [body('{ name: x }', 'target: /owner/name, value: y'), 0],
    [body('{ name: x }', 'target: /owner/name, value: $inputs.text'), 0],
    [body('{ name: $inputs.text }', 'target: /owner/name, value: y'), 0],
    [body(`'{"name": "x"}'`, 'target: /owner/name, value: $inputs.text'), 0],
    [body('{ name: $inputs.text, tags: [a] }', 'target: /name, value: y', 'target: /tags/7, value: y'), 1],
    [body('{ name: x }', 'target: /name, value: y', 'target: "$.tags[*]", targetSelectorType: jsonpath, value: y'), 1],
  ])('is found to have no place in %s', async (step, index) => {
    const found = await findings(step, inputs);
    expect(found.filter((line) => line.startsWith('error'))).toEqual([
      expect.stringContaining(`error unknown-target 0/requestBody/replacements/${index}/target: The replacement of `),
    ]);
  });

  it.each([
    body('{ name: x }', 'target: /owner, value: {}', 'target: /owner/name, value: y'),
    body('{ name: x }', 'target: /owner, value: $inputs.id', 'target: /owner/name, value: y'),
    body('{ name: $inputs.text, owner: $inputs.id }', 'target: /owner/name, value: y'),
    body('{ name: $inputs.text, tags: [a] }', 'target: /tags/-, value: b', 'target: /tags/2, value: c'),
    body('{ name: $inputs.text, tags: [$inputs.id, a] }', 'target: /tags/1, value: b'),
    body('$inputs.id', 'target: /owner/name, value: y'),
  ])('may have a place in %s', async (step) => {
    const found = await findings(step, inputs);
    expect(found.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
