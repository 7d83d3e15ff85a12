import type { Finding } from './source-file.ts';

const pattern = /^[a-zA-Z0-9._-]+$/;

/** What is wrong with the key of an output or a component, by which expressions name it (Arazzo 1.0.1 §Components Object). */
export function judgeKey(key: string, subject: string, pointer: string): readonly Finding[] {
  if (pattern.test(key)) return [];
  const message = `The ${subject} has a name outside "a-z A-Z 0-9 . - _".`;
  return [{ code: 'invalid-value', severity: 'error', message, pointer, about: 'key' }];
}
