import { expect, it } from 'vitest';
import { readOperations } from '../../testing/operations.ts';

const api = (reference: string) => `openapi: 3.1.0
paths: { /a: { post: { operationId: o, requestBody: { content: { application/json: { schema: { $ref: '${reference}' } } } } } } }
components: { schemas: { Pet: { $anchor: pet, type: object, required: [name] } } }
`;

it('finds a schema by its anchor, in the same file or another', async () => {
  const files = { 'parts.yaml': 'list: [{ $anchor: id, type: string }]' };
  const [own, other] = await Promise.all(
    ['#pet', 'parts.yaml#id'].map((reference) => readOperations({ 'api.yaml': api(reference), ...files })),
  );
  expect(own?.operations.get('o')?.body?.contents[0]?.schema).toMatchObject({ required: new Set(['name']) });
  expect(other?.operations.get('o')?.body?.contents[0]?.schema).toMatchObject({ types: ['string'] });
});

it('says when there is none of that name', async () => {
  const { problems } = await readOperations({ 'api.yaml': api('#dog') });
  expect(problems).toEqual([
    'error unresolved-reference /paths/~1a/post/requestBody/content/application~1json/schema/$ref: The reference "#dog" cannot be resolved: its fragment is neither a JSON Pointer nor an anchor there.',
  ]);
});
