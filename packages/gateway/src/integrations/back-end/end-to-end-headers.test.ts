import { expect, it } from 'vitest';
import { selectEndToEndHeaders } from './end-to-end-headers.ts';

it('leaves out headers of the connection and those that the Connection header names', () => {
  expect(
    selectEndToEndHeaders([
      ['Host', 'localhost'],
      ['Connection', 'Upgrade, X-Private'],
      ['Upgrade', 'websocket'],
      ['X-Private', '1'],
      ['X-Room', '42'],
      ['Transfer-Encoding', 'chunked'],
      ['x-room', '43'],
      ['Cookie', 'a=b'],
    ]),
  ).toEqual([
    ['X-Room', '42'],
    ['x-room', '43'],
    ['Cookie', 'a=b'],
  ]);
});
