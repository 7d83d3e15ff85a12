import { expect, it } from 'vitest';
import { createSecretKeeper } from './secrets.ts';

it('keeps values without the secrets in them, and puts those back that are given again', () => {
  const secrets = { token: 'tok', login: { password: 'tok-and-more', pin: 1234 } };
  const value = { header: 'Bearer tok!', list: ['tok-and-more', 7, null, 'plain'], pin: '1234', __proto__: null };
  const kept = createSecretKeeper(secrets).withhold(value);
  expect(JSON.stringify(kept)).not.toMatch(/tok[^e]|1234/);
  expect(createSecretKeeper(secrets).restore(JSON.parse(JSON.stringify(kept)))).toEqual({
    header: 'Bearer tok!',
    list: ['tok-and-more', 7, null, 'plain'],
    pin: '1234',
  });
  expect(createSecretKeeper({ ...secrets, token: 'new' }).restore(kept)).toMatchObject({ header: 'Bearer new!' });
});

it('changes nothing when there are no secrets', () => {
  const value = { a: ['b', { c: 'd' }] };
  expect(createSecretKeeper({}).withhold(value)).toEqual(value);
});
