import { describe, expect, it } from 'vitest';
import { checkText, oneWorkflow, petsApi } from '../../testing/documents.ts';

const api = petsApi.replace(
  'application/x-www-form-urlencoded: {}',
  'application/x-www-form-urlencoded: {}\n          application/xml: {}\n          text/plain: {}',
);

/** The findings for one replacement in a payload of a media type. */
async function findings(contentType: string, payload: string, replacement: string): Promise<readonly string[]> {
  const text = oneWorkflow(
    `- stepId: a\n  operationId: createPet\n  requestBody:\n    contentType: ${contentType}\n    payload: ${payload}\n    replacements: [${replacement}]`,
  );
  const found = await checkText(`arazzo: 1.1.0\n${text}`, { 'pets.yaml': api });
  return found.map((line) => line.replace('/workflows/0/steps/0/requestBody/replacements/0', ''));
}

const json = 'application/json';
const xml = 'application/xml';

describe('replacements', () => {
  it.each([
    [json, '{ name: x }', '{ target: /name, value: y }'],
    [json, '{ name: x }', '{ target: $.name, targetSelectorType: jsonpath, value: y }'],
    [json, '{ name: x }', '{ target: $.name, targetSelectorType: { type: jsonpath, version: rfc9535 }, value: y }'],
    ['application/x-www-form-urlencoded', '{ name: x }', '{ target: /name, value: y }'],
    [xml, '<pet id="1"/>', '{ target: /pet/@id, value: y }'],
    [xml, '{ pet: {} }', '{ target: /pet, targetSelectorType: jsonpointer, value: y }'],
    [xml, '<pet/>', '{ target: /pet, targetSelectorType: { type: xpath, version: xpath-30 }, value: y }'],
  ])('in %s may be: %s %s', async (contentType, payload, replacement) => {
    expect(await findings(contentType, payload, replacement)).toEqual([]);
  });

  it.each([
    [
      json,
      '{ name: x }',
      '{ target: name, value: y }',
      'error invalid-selector /target: "name" is no JSON Pointer, which is empty or begins with "/".',
    ],
    [
      json,
      '{ name: x }',
      '{ target: /a~2, value: y }',
      'error invalid-selector /target: "/a~2" is no JSON Pointer, in which "~" is followed by "0" or "1".',
    ],
    [
      json,
      '{ name: x }',
      '{ target: $.name, value: y }',
      'error invalid-selector /target: "$.name" is no JSON Pointer, which is empty or begins with "/". A JSONPath needs "targetSelectorType: jsonpath" beside it.',
    ],
    [
      json,
      '{ name: x }',
      '{ target: /name, targetSelectorType: xpath, value: y }',
      'error invalid-selector /target: The replacement target "/name" is of the type "xpath": the payload is no XML.',
    ],
    [
      xml,
      '<pet/>',
      '{ target: /name, targetSelectorType: jsonpointer, value: y }',
      'error invalid-selector /target: The replacement target "/name" is of the type "jsonpointer": the payload is XML text, where "xpath" finds places.',
    ],
    [
      'application/x-www-form-urlencoded',
      'name=x',
      '{ target: /name, value: y }',
      'error invalid-selector /target: The replacement target "/name" is of the type "jsonpointer": the payload is a form written as text; an object of its fields has places.',
    ],
    [
      'application/x-www-form-urlencoded',
      "'name={$sourceDescriptions.pets.name}'",
      '{ target: $.name, targetSelectorType: jsonpath, value: y }',
      'error invalid-selector /target: The replacement target "$.name" is of the type "jsonpath": the payload is a form written as text; an object of its fields has places.',
    ],
    [
      'text/plain',
      'x',
      '{ target: /name, value: y }',
      'error invalid-selector /target: The replacement target "/name" is of the type "jsonpointer": the payload is neither JSON, a form nor XML.',
    ],
    [
      json,
      '{ name: x }',
      '{ target: /name, targetSelectorType: regex, value: y }',
      'error invalid-value /targetSelectorType: The type is "regex"; one of "jsonpointer", "jsonpath", "xpath" was expected.',
    ],
    [
      xml,
      '<pet/>',
      '{ target: "map {}", targetSelectorType: { type: xpath, version: xpath-30 }, value: y }',
      'error not-supported /target: "map {}" has a map, which XPath 3.0 does not have.',
    ],
  ])('in %s may not be: %s %s', async (contentType, payload, replacement, finding) => {
    expect(await findings(contentType, payload, replacement)).toEqual([finding]);
  });
});
