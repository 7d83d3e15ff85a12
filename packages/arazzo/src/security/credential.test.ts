import { expect, it } from 'vitest';
import { secretsIn } from './credential.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

it.each([
  ['key', ['key']],
  ['id:s&t:u', ['id:s&t:u', 's&t:u', 's&t', 'u', base64('id:s&t:u'), base64('id:s%26t%3Au')]],
  [{ clientId: 'id', clientSecret: 's', tokenUrl: 'https://x' }, ['s', base64('id:s')]],
  [{ username: 'me', password: '', accessToken: 't' }, ['t', base64('me:')]],
])('of %j, %j is worth hiding, also as the header Authorization has it', (credential, secrets) => {
  expect(secretsIn(credential)).toEqual(secrets);
});
