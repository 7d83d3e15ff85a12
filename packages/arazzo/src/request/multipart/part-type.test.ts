import { describe, expect, it } from 'vitest';
import { listOf, type Schema } from '../../document/openapi/schema.ts';
import { typeOfPart } from './part-type.ts';

const schema: Schema = { ...listOf({} as Schema), types: ['string'] };
const untyped: Schema = { ...schema, types: [] };

function typeOf(value: unknown, listed?: string, more: object = {}) {
  return typeOfPart(value, { isForm: false, schema: undefined, contentEncoding: undefined, listed, ...more });
}

describe('the type of a part', () => {
  it.each<[unknown, string, object]>([
    ['x', 'text/html', { format: 'text', contentType: 'text/html' }],
    [{}, 'application/xml; charset=utf-8', { format: 'xml', contentType: 'application/xml; charset=utf-8' }],
    ['x', 'image/png, image/gif', { format: 'binary', contentType: 'image/png' }],
    ['data:image/gif,x', 'image/png, image/gif', { format: 'binary', contentType: 'image/gif' }],
    ['data:text/html,x', 'image/png, image/gif', { format: 'binary', contentType: 'image/png' }],
    ['data:image/gif;base64,eA==', 'image/*', { format: 'binary', contentType: 'image/gif' }],
    ['data:,x', 'image/*', { format: 'binary' }],
    ['data:text/csv;charset=utf-8;base64,eA==', 'text/*', { format: 'binary', contentType: 'text/csv;charset=utf-8' }],
    ['data:application/json,{}', 'text/csv, application/json', { format: 'binary', contentType: 'application/json' }],
    ['data:text/csv,x', 'text/csv', { format: 'text', contentType: 'text/csv' }],
    ['x', 'text/*', { format: 'text' }],
    [{}, 'application/*', { format: 'json' }],
  ])('of %j for %s is stated by its Encoding Object', (value, listed, type) => {
    expect(typeOf(value, listed)).toEqual(type);
  });

  it.each<[string, unknown, object, string]>([
    ['an object', {}, {}, 'json'],
    ['a list', [], { schema: untyped }, 'json'],
    ['text', 'x', { schema }, 'text'],
    ['text without a schema', 'x', {}, 'text'],
    ['a number', 7, {}, 'text'],
    ['a schema of the format binary', 'x', { schema: { ...schema, format: 'binary' } }, 'binary'],
    ['what is encoded', 'x', { schema, contentEncoding: 'base64' }, 'binary'],
    ['a schema that says nothing', 'x', { schema: untyped }, 'binary'],
    ['a schema that lists values', 'x', { schema: { ...untyped, allowed: ['x'] } }, 'text'],
    ['a schema with alternatives', 'x', { schema: { ...untyped, alternatives: [schema] } }, 'text'],
    ['a schema that says nothing, in a form', 'x', { schema: untyped, isForm: true }, 'text'],
  ])('of %s is told by the value and its schema', (_, value, more, format) => {
    expect(typeOf(value, undefined, more)).toEqual({ format });
  });
});
