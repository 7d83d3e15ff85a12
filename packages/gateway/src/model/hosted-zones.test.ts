import { expect, it } from 'vitest';
import { hostedZoneOf } from './hosted-zones.ts';

it.each([
  ['us-east-1', 'Z1UJRXOUMOOFQ8'],
  ['eu-central-1', 'Z1U9ULNL0V5AJ3'],
  ['us-gov-west-1', 'Z1K6XKP9SAGWDV'],
  ['mars-north-1', undefined],
])('the hosted zone of %s is %s', (region, zone) => {
  expect(hostedZoneOf(region)).toBe(zone);
});
