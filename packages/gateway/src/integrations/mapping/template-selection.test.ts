import { describe, expect, it } from 'vitest';
import { compileTemplates } from './template-selection.ts';

function select(
  texts: Readonly<Record<string, string>> | undefined,
  expression: string | undefined,
): string | undefined {
  const compiled = compileTemplates(texts, expression, {});
  if (compiled.kind === 'invalid') throw new Error(compiled.message);
  return compiled.templates.select({ body: { kind: 'a', deep: { kind: 'b' } } })?.key;
}

describe('a template', () => {
  it.each<[string, Readonly<Record<string, string>>, string | undefined, string | undefined]>([
    ['by a variable', { a: '', b: '' }, '$request.body.kind', 'a'],
    ['by several', { 'a/b': '' }, '$request.body.kind/$request.body.deep.kind', 'a/b'],
    ['by a static key', { '200': '', a: '' }, '200', '200'],
    ['by the escaped default', { $default: '', a: '' }, '\\$default', '$default'],
    ['by the default whose key is escaped', { '\\$default': '', a: '' }, '\\$default', '$default'],
    ['by default, when none has the key', { $default: '', b: '' }, '$request.body.kind', '$default'],
    ['not at all, when none has the key', { b: '' }, '$request.body.kind', undefined],
    ['by no name of JavaScript', { b: '' }, 'constructor', undefined],
    ['by default without an expression', { $default: '', 'application/json': '' }, undefined, '$default'],
    ['as that of JSON without an expression', { 'application/json': '', b: '' }, undefined, 'application/json'],
    ['not at all without an expression', { b: '' }, undefined, undefined],
    ['not as that of JSON with an expression', { 'application/json': '' }, '\\$default', undefined],
  ])('is selected %s', (_case, texts, expression, key) => {
    expect(select(texts, expression)).toBe(key);
  });

  it('is none where there are none', () => {
    const compiled = compileTemplates(undefined, undefined, {});
    expect(compiled).toMatchObject({ kind: 'templates', templates: { isEmpty: true } });
    expect(select(undefined, '$request.body.kind')).toBeUndefined();
  });

  it('cannot be selected by an expression that is not valid', () => {
    expect(compileTemplates({}, '$request.boddy.a', {})).toMatchObject({ kind: 'invalid' });
  });
});
