import { expect, it } from 'vitest';
import { findCertain, findNearest, suggest } from './suggest.ts';

it.each([
  ['createAPI', ['createApi', 'createApp'], 'createApi'],
  ['integrationID', ['routeId', 'integrationId'], 'integrationId'],
  ['nme', ['name', 'note'], 'name'],
  ['x', ['something'], undefined],
  ['x'.repeat(200), ['x'.repeat(199)], undefined],
])('finds for %s of %j the name %s', (name, known, nearest) => {
  expect(findNearest(name, known)).toBe(nearest);
});

it.each([
  ['createAPI', ['createApi', 'listApis'], 'createApi'],
  ['creatPet', ['createPet', 'createPets'], 'createPet'],
  ['createPt', ['createPet', 'createPot'], undefined],
  ['listPet', ['listOwners'], undefined],
  ['fisrt', ['first', 'last'], 'first'],
  ['fsrit', ['first', 'last'], undefined],
  ['pet', ['pets'], undefined],
])('is certain for %s of %j that %s is meant', (name, known, certain) => {
  expect(findCertain(name, known)).toBe(certain);
});

it('says nothing when nothing is near', () => {
  expect([suggest('abc', ['xyz']), suggest('abd', ['abc'])]).toEqual(['', ' Did you mean "abc"?']);
});
