import { describe, expect, it } from 'vitest';
import { convertToBinary, convertToText } from './content-handling.ts';

describe('content handling', () => {
  it.each<[string, string | undefined]>([
    ['', ''],
    ['aGk=', 'hi'],
    ['aGk', 'hi'],
    ['aG\nk=\n', 'hi'],
    ['aGk_', undefined],
    ['a', undefined],
    ['{"a":1}', undefined],
  ])('to binary decodes %j to %j', (text, decoded) => {
    expect(convertToBinary(text)).toEqual(decoded === undefined ? undefined : Buffer.from(decoded));
  });

  it.each([
    [Buffer.from('{"ü":1}'), '{"ü":1}'],
    [Buffer.from([]), ''],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'iVBORw=='],
  ])('to text turns %o into %j', (body, text) => {
    expect(Buffer.from(convertToText(body)).toString('utf8')).toBe(text);
  });
});
