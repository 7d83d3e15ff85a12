import { expect, it } from 'vitest';
import { checkText, oneWorkflow } from '../../testing/documents.ts';

const open = '{ required: true, schema: { type: string } }';

/** What `check` says of the payload, for a media type with these encodings. */
async function findings(mediaType: string, encodings: string, payload: string): Promise<readonly string[]> {
  const api = `openapi: 3.2.0
servers: [{ url: http://x.test }]
paths: { /a: { post: { operationId: o, requestBody: { content: { '${mediaType}': { ${encodings} } } } } } }
`;
  const step = `- { stepId: a, operationId: o, requestBody: { payload: ${payload} } }`;
  return checkText(oneWorkflow(step, 'inputs: { properties: { x: {} } }'), { 'pets.yaml': api });
}

it.each([
  ['multipart/mixed', `encoding: { a: { headers: { X-A: ${open} } } }`, '{ a: 1 }', 'a'],
  ['multipart/form-data', `encoding: { a: { headers: { X-A: ${open} } } }`, '{ a: $inputs.x, b: 1 }', 'a'],
  ['multipart/mixed', `prefixEncoding: [{}, { headers: { X-A: ${open} } }]`, '[1, 2]', '1'],
  ['multipart/mixed', `prefixEncoding: [{}], itemEncoding: { headers: { X-A: ${open} } }`, '[1, 2]', '1'],
])(
  'a header that the API requires of a part of %s and leaves open is told: %s',
  async (mediaType, encodings, payload, part) => {
    expect(await findings(mediaType, encodings, payload)).toEqual([
      `warning not-supported /workflows/0/steps/0/requestBody/payload/${part}: The API requires the header "X-A" of the part "${part}" in the body of the step "a" and leaves its value open, which a step cannot give; the part is sent without it.`,
    ]);
  },
);

it.each([
  ['multipart/mixed', `encoding: { a: { headers: { X-A: ${open} } } }`, '{ b: 1 }'],
  ['multipart/mixed', `encoding: { a: { headers: { X-A: ${open} } } }`, '$inputs.x'],
  ['multipart/mixed', 'encoding: { a: { headers: { X-A: { schema: { type: string } } } } }', '{ a: 1 }'],
  ['multipart/mixed', 'encoding: { a: { headers: { X-A: { required: true, schema: { const: 1 } } } } }', '{ a: 1 }'],
  ['multipart/mixed', `encoding: { a: { headers: { Content-Type: ${open} } } }`, '{ a: 1 }'],
  ['multipart/mixed', `encoding: { a: { headers: { Content-Disposition: ${open} } } }`, '{ a: 1 }'],
  ['multipart/form-data', `itemEncoding: { headers: { Content-Disposition: ${open} } }`, '[{ a: 1 }]'],
  ['application/x-www-form-urlencoded', `encoding: { a: { headers: { X-A: ${open} } } }`, '{ a: 1 }'],
])('nothing is told of %s with { %s } and the payload %s', async (mediaType, encodings, payload) => {
  expect(await findings(mediaType, encodings, payload)).toEqual([]);
});

it('a disposition that unnamed parts must have is told', async () => {
  const encodings = `itemEncoding: { headers: { Content-Disposition: ${open} } }`;
  expect(await findings('multipart/mixed', encodings, '[1]')).toEqual([
    expect.stringContaining('The API requires the header "Content-Disposition" of the part "0"'),
  ]);
});
