import { expect, it } from 'vitest';
import { toTextFrame } from './text-frame.ts';

it.each([
  [[0x61, 0xc3, 0xa4], 'aä'],
  [[0x61, 0xff, 0x62], 'a\uFFFDb'],
  [[0xef, 0xbb, 0xbf, 0x61], '\uFEFFa'],
  [[0xef, 0xbb, 0xbf, 0xff], '\uFEFF\uFFFD'],
  [[0xc3], '\uFFFD'],
  [[], ''],
])('makes UTF-8 of the bytes %j', (bytes, text) => {
  expect(Buffer.from(toTextFrame(Uint8Array.from(bytes))).toString('utf8')).toBe(text);
});
