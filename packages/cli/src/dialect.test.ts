import { expect, it } from 'vitest';
import { dialectBaseUrl } from './dialect.ts';

it('knows the base URL of each dialect', () => {
  expect(dialectBaseUrl('http://127.0.0.1:4610/', 'wire-names')).toBe('http://127.0.0.1:4610');
  expect(dialectBaseUrl('http://127.0.0.1:4610', 'member-names')).toBe(
    'http://127.0.0.1:4610/_gatewright/member-names',
  );
});
