import { describe, expect, it } from 'vitest';
import { createSecretFinder } from './secret-finder.ts';

function replace(text: string, ...secrets: readonly string[]): string {
  const finder = createSecretFinder();
  for (const secret of secrets) finder.add(secret);
  return finder.replace(text, '*');
}

describe('secrets are found', () => {
  it.each<[string, string, readonly string[], string]>([
    ['nowhere when there are none', 'abc', [], 'abc'],
    ['where they begin alike, the longest', 'abcd abce abc', ['abc', 'abcd', 'abcf'], '* *e *'],
    ['where they follow each other', 'abcabcab', ['abc'], '**ab'],
    ['where one spelling begins as another does', 'a&&amp;b a&b', ['a&&b', 'a&b'], '* *'],
    ['in Base64 with and without its end', 'YWJjZA== YWJjZA= YWJjZA YWJjZA%3D%3D YWJj', ['abcd'], '* * * * YWJj'],
    ['in the Base64 of URLs', 'Pz8_fn5- Pz8-fn5- Pz8/fn5+', ['???~~~'], '* Pz8-fn5- *'],
  ])('%s', (_, text, secrets, expected) => {
    expect(replace(text, ...secrets)).toBe(expected);
  });

  it('however long they are', () => {
    const secret = Array.from({ length: 5_000 }, (_, index) => `${index}&"`).join('');
    expect(replace(`<${secret}>`, secret)).toBe('<*>');
    expect(replace(`<${Buffer.from(secret).toString('base64')}>`, secret)).toBe('<*>');
    expect(replace(secret.slice(1), secret)).toBe(secret.slice(1));
  });

  it('at once where there are many ways to read a text, and many secrets', () => {
    const slashes = '\\'.repeat(60);
    const many = Array.from({ length: 300 }, (_, index) => `${index}-${slashes}${'s3cr3t'.repeat(100)}`);
    const before = performance.now();
    expect(replace(slashes.repeat(20), `${slashes}x`, ...many)).toBe(slashes.repeat(20));
    const text = 'a text that has none of them, 1-\\\\, 2-\\\\. '.repeat(20_000);
    expect(replace(text, ...many)).toBe(text);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
