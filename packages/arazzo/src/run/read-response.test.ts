import { expect, it } from 'vitest';
import { readResponseBody } from './read-response.ts';

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
