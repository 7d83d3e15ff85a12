import { documentPath } from './paths.ts';

/** A document with the idioms of published ones, and inputs that build an API without a back end, as flags. */
export const published: string = documentPath('published-idioms.arazzo.yml');

export const publishedInputs: readonly string[] = Object.entries({
  name: 'chat',
  routeSelectionExpression: '$request.body.action',
  integrationType: 'MOCK',
  integrationUri: '-',
  routeKey: '$connect',
}).flatMap(([name, value]) => ['-i', `${name}=${value}`]);
