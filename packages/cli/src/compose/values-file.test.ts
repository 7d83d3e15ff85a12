import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readValuesFile } from './values-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatewright-values-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string | Uint8Array): Promise<unknown> {
  const path = join(folder, 'values.yaml');
  await writeFile(path, text);
  return readValuesFile('inputs', path, '{"name": "chat"}').catch((error: Error) => error.message.replace(path, 'F'));
}

it.each<[string, unknown]>([
  ['id: 9007199254740992\ntext: "9007199254740993"', { id: 2 ** 53, text: '9007199254740993' }],
  ['{"a": {"b": [1, null]}}', { a: { b: [1, null] } }],
  ['- 1', 'The inputs file "F" must hold one object of names and values, for example {"name": "chat"}.'],
  [
    'list: [1, 9007199254740993]',
    'The inputs file "F" holds 9007199254740993, which cannot be held exactly, as whole numbers up to 9007199254740991 can; write it in quotes.',
  ],
])('reads %j as %j', async (text, value) => {
  expect(await read(text)).toEqual(value);
});

it('tells what cannot be read', async () => {
  expect(await read('a: [')).toMatch(/^The inputs file "F" is neither YAML nor JSON: /);
  await expect(readValuesFile('inputs', join(folder, 'none'), '{}')).rejects.toThrow('there is no such file');
});

it('refuses what is not UTF-8 instead of reading it as something else', async () => {
  expect(await read(Buffer.from('name: caf\xe9', 'latin1'))).toBe('The inputs file "F" is not UTF-8 text.');
});

it('follows aliases that come to an end, and refuses others', async () => {
  expect(await read('a: &a [1]\nb: *a')).toEqual({ a: [1], b: [1] });
  const refusal =
    'The inputs file "F" has aliases for what they are in, or for more than 1000000 values in all; write them out.';
  expect(await read('a: &a { self: *a }')).toBe(refusal);
  const nine = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(', ')}]\n`;
  const bomb = [...'bcdefgh'].map((name, index) => nine(name, `*${'abcdefgh'[index]}`)).join('');
  expect(await read(nine('a', '1') + bomb)).toBe(refusal);
});
