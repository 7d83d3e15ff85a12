import { id, ofApi, type RoundTrip } from './round-trip.ts';

export const models: readonly RoundTrip[] = [
  {
    title: 'a model',
    resource: 'Model',
    idMember: 'ModelId',
    parents: ofApi,
    create: () => ({ Name: 'Message', Schema: '{"type":"object"}', ContentType: 'application/json' }),
    defaults: { ModelId: id(6) },
    another: (index) => ({ Name: `Message${index}` }),
    update: () => ({ Name: 'Letter', Schema: '{}', Description: 'Anything', ContentType: 'text/plain' }),
  },
];
