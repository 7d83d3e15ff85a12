import { expect, it } from 'vitest';
import { JSON_LEVELS } from '../document/json.ts';
import { readResponseBody, whyNotJson } from './read-response.ts';

it.each([
  ['application/json', '{"a":1}', { a: 1 }],
  ['application/problem+json; charset=utf-8', '[1]', [1]],
  [undefined, '{"a":1}', { a: 1 }],
  [undefined, 'a', 'a'],
  ['application/json', '{"a":', '{"a":'],
  ['text/plain', '{"a":1}', '{"a":1}'],
  ['application/xml', '<a>1</a>', '<a>1</a>'],
  ['text/plain; charset=iso-8859-1', Buffer.from([0xe9]), 'é'],
  ['text/plain; charset="utf-16le"', Buffer.from('é', 'utf16le'), 'é'],
  ['text/plain; charset=none-such', 'é', 'é'],
  [
    'text/xml',
    Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1'),
    '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
  ],
  ['image/png', Buffer.from([0x89, 0x50]), 'iVA='],
  ['application/octet-stream', 'text', 'text'],
  ['application/octet-stream', Buffer.from([0xff]), '/w=='],
  ['application/json', '', undefined],
])('reads %s %j', (contentType, body, expected) => {
  const headers = contentType === undefined ? {} : { 'content-type': [contentType] };
  expect(readResponseBody({ status: 200, headers, body: Buffer.from(body) })).toEqual(expected);
});

const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;

it('reads JSON as deep as everything that handles it can go, and deeper JSON as text', () => {
  const respond = (body: string) => ({
    status: 200,
    headers: { 'content-type': ['application/json'] },
    body: Buffer.from(body),
  });
  const read = (body: string) => {
    const value = readResponseBody(respond(body));
    return [typeof value, whyNotJson(respond(body), value)];
  };
  expect(read(nested(JSON_LEVELS))).toEqual(['object', undefined]);
  expect(read(nested(JSON_LEVELS + 2))).toEqual(['string', 'is nested more than 512 levels deep']);
  expect(read(nested(400_000))).toEqual(['string', 'is nested more than 512 levels deep']);
  expect(read('[1')).toEqual(['string', 'is no JSON, which its content type says']);
  expect(read('"text"')).toEqual(['string', undefined]);
});
