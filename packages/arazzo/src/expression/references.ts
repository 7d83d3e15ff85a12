import type { Expression } from './expression.ts';
import type { Template } from './template.ts';

/** Every expression of a template, in the order they are written. */
export function expressionsOf(template: Template): readonly Expression[] {
  switch (template.kind) {
    case 'literal':
      return [];
    case 'expression':
    case 'selector':
      return [template.expression];
    case 'text':
      return template.parts.flatMap((part) => (typeof part === 'string' ? [] : part.expression));
    case 'list':
      return template.items.flatMap(expressionsOf);
    case 'object':
      return template.members.flatMap(([, member]) => expressionsOf(member));
  }
}
