import { describe, expect, it } from 'vitest';
import { fromWireNames, toWireNames } from './dialect.ts';

const userKeys = JSON.parse('{"__proto__":{"Required":true},"route.request.header.RouteKey":{"Required":false}}');
const userKeysOnTheWire = JSON.parse(
  '{"__proto__":{"required":true},"route.request.header.RouteKey":{"required":false}}',
);

describe('toWireNames', () => {
  it('renames members at every depth and leaves the keys of maps alone', () => {
    const translated = toWireNames(
      'CreateRouteRequest',
      { RouteKey: '$connect', RequestModels: { Name: 'Model' }, RequestParameters: userKeys },
      'member-names',
    );
    expect(JSON.stringify(translated)).toBe(
      JSON.stringify({
        routeKey: '$connect',
        requestModels: { Name: 'Model' },
        requestParameters: userKeysOnTheWire,
      }),
    );
  });

  it.each(['wire-names', 'member-names'] as const)('drops unknown and null members of %s', (dialect) => {
    const known = dialect === 'wire-names' ? { name: 'chat' } : { Name: 'chat' };
    const unknown = JSON.parse('{"__proto__":{"name":"x"},"constructor":1,"NAME":"y","description":null}');
    expect(toWireNames('CreateApiRequest', { ...known, ...unknown }, dialect)).toEqual({ name: 'chat' });
  });

  it('does not know the names of the other dialect', () => {
    expect(toWireNames('CreateApiRequest', { Name: 'chat' }, 'wire-names')).toEqual({});
    expect(toWireNames('CreateApiRequest', { name: 'chat' }, 'member-names')).toEqual({});
  });

  it('leaves values of a wrong type for validation to see', () => {
    expect(toWireNames('CreateApiRequest', { Tags: 'blue' }, 'member-names')).toEqual({ tags: 'blue' });
    expect(toWireNames('CreateApiRequest', ['Name'], 'member-names')).toEqual(['Name']);
  });
});

describe('fromWireNames', () => {
  it('renames lists and the structures in them', () => {
    const answer = { items: [{ apiId: 'a', tags: { apiId: 'mine' } }], nextToken: 't' };
    expect(fromWireNames('GetApisResponse', answer, 'member-names')).toEqual({
      Items: [{ ApiId: 'a', Tags: { apiId: 'mine' } }],
      NextToken: 't',
    });
    expect(fromWireNames('GetApisResponse', answer, 'wire-names')).toEqual(answer);
  });
});
