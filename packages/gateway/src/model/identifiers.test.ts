import { describe, expect, it } from 'vitest';
import { createIdentifier, identifierLengths } from './identifiers.ts';

describe('createIdentifier', () => {
  it.each(Object.entries(identifierLengths))('draws lowercase letters and digits for %s', (kind, length) => {
    const id = createIdentifier(kind as keyof typeof identifierLengths, () => false);
    expect(id).toMatch(new RegExp(`^[a-z0-9]{${length}}$`));
  });

  it('draws again while the identifier is taken', () => {
    const seen: string[] = [];
    const id = createIdentifier('route', (candidate) => seen.push(candidate) < 3);
    expect(seen).toHaveLength(3);
    expect(id).toBe(seen[2]);
  });

  it('draws different identifiers', () => {
    const ids = Array.from({ length: 1000 }, () => createIdentifier('api', () => false));
    expect(new Set(ids).size).toBe(1000);
  });
});
