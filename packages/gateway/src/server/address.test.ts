import { describe, expect, it } from 'vitest';
import { classifyAddress, classifyMappedAddress } from './address.ts';

const apiHost = 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';
const id = 'gbzQ0AbCdEfGhIjKLw==';

describe('classifyAddress', () => {
  it.each([
    ['/_gatewright/health', { kind: 'health' }],
    ['/_gatewright/reset', { kind: 'reset' }],
    ['/v2/apis?maxResults=5', { kind: 'control-plane', dialect: 'wire-names', target: '/v2/apis?maxResults=5' }],
    ['/_gatewright/member-names/v2/apis/x', { kind: 'control-plane', dialect: 'member-names', target: '/v2/apis/x' }],
    ['/v2/apis/%zz', { kind: 'control-plane', dialect: 'wire-names', target: '/v2/apis/%zz' }],
    ['/_gatewright/member-names/v2/%z', { kind: 'control-plane', dialect: 'member-names', target: '/v2/%z' }],
    ['/', { kind: 'unknown' }],
    ['/v2', { kind: 'unknown' }],
    ['/_gatewright/other', { kind: 'unknown' }],
    ['/%zz', { kind: 'unknown' }],
    ['*', { kind: 'unknown' }],
    ['/a1b2c3d4e5/dev', endpoint('dev')],
    ['/a1b2c3d4e5/dev/', endpoint('dev')],
    ['/a1b2c3d4e5/dev?room=42', endpoint('dev')],
    ['/a1b2c3d4e5/%24draft', endpoint('$draft')],
    ['/a1b2c3d4e5', endpoint(undefined)],
    ['/a1b2c3d4e5/', endpoint(undefined)],
    ['/a1b2c3d4e5/dev/more', { ...endpoint('dev'), hasExtraPath: true }],
    ['/a1b2c3d4e5/dev//', { ...endpoint('dev'), hasExtraPath: true }],
  ])('takes %s on a bare host for %j', (target, address) => {
    expect(classifyAddress('localhost:4610', target)).toEqual(address);
  });

  it.each([
    ['/dev', endpoint('dev')],
    ['/', endpoint(undefined)],
    ['/v2', endpoint('v2')],
    ['/v2/%zz', { kind: 'unknown' }],
    ['/dev/more', { ...endpoint('dev'), hasExtraPath: true }],
  ])('takes %s on the host of an API for %j', (target, address) => {
    expect(classifyAddress(apiHost, target)).toEqual(address);
    expect(classifyAddress('A1B2C3D4E5.execute-api.us-east-1.localhost:4610', target)).toEqual(address);
  });

  it.each([
    ['localhost', `/a1b2c3d4e5/dev/@connections/${id}`, api('dev')],
    ['localhost', `/a1b2c3d4e5/$draft/@connections/${id}`, api('$draft')],
    ['localhost', `/a1b2c3d4e5/dev/%40connections/${encodeURIComponent(id)}`, api('dev')],
    ['localhost', `/a1b2c3d4e5/dev//@connections/${encodeURIComponent(id)}`, api('dev')],
    ['localhost', `/dev/@connections/${id}`, { kind: 'name', name: 'dev' }],
    ['localhost', `/v2/@connections/${id}`, { kind: 'name', name: 'v2' }],
    ['localhost', `/a1b2c3d4e5/@connections/${id}`, { kind: 'name', name: 'a1b2c3d4e5' }],
    ['localhost', `/@connections/${id}`, { kind: 'connection' }],
    ['localhost', `//@connections/${id}`, { kind: 'connection' }],
    [apiHost, `/dev/@connections/${id}`, api('dev')],
    [apiHost, `/dev//@connections/${id}`, api('dev')],
    [apiHost, `/@connections/${id}`, { kind: 'connection' }],
  ])('takes on %s the path %s for connections of %j', (host, target, address) => {
    expect(classifyAddress(host, target)).toEqual({ kind: 'connections', address, connectionId: id });
  });

  it.each([
    ['localhost', `/a/b/c/@connections/${id}`],
    [apiHost, `/dev/more/@connections/${id}`],
  ])('knows no connections on %s at %s', (host, target) => {
    expect(classifyAddress(host, target)).toEqual({ kind: 'unknown' });
  });
});

describe('classifyMappedAddress', () => {
  const dev = { apiId: 'a1b2c3d4e5', stage: 'dev' };
  const prod = { apiId: 'a1b2c3d4e5', stage: 'prod' };
  const mappings = new Map([
    ['v1', dev],
    ['v1/live', prod],
  ]);
  const withRoot = new Map([['', dev]]);

  it.each([
    [mappings, '/v1', { ...dev, hasExtraPath: false }],
    [mappings, '/v1/', { ...dev, hasExtraPath: false }],
    [mappings, '/v1?a=1', { ...dev, hasExtraPath: false }],
    [mappings, '/v1/live', { ...prod, hasExtraPath: false }],
    [mappings, '/v1/other', { ...dev, hasExtraPath: true }],
    [withRoot, '/', { ...dev, hasExtraPath: false }],
    [withRoot, '/dev', { ...dev, hasExtraPath: true }],
  ])('finds in %o at %s the endpoint %j', (found, target, address) => {
    expect(classifyMappedAddress(found, target)).toEqual({ kind: 'endpoint', ...address, isMapped: true });
  });

  it.each([
    [mappings, `/v1/@connections/${id}`, dev],
    [mappings, `/v1/live//%40connections/${encodeURIComponent(id)}`, prod],
    [withRoot, `/@connections/${id}`, dev],
  ])('finds in %o at %s connections of %j', (found, target, stage) => {
    expect(classifyMappedAddress(found, target)).toEqual({
      kind: 'connections',
      address: { kind: 'api', ...stage, isMapped: true },
      connectionId: id,
    });
  });

  it.each([
    [mappings, '/'],
    [mappings, '/v2/apis'],
    [mappings, '/%zz'],
    [mappings, `/@connections/${id}`],
    [withRoot, `/dev/@connections/${id}`],
    [new Map(), '/'],
  ])('finds in %o at %s nothing', (found, target) => {
    expect(classifyMappedAddress(found, target)).toEqual({ kind: 'unmapped' });
  });
});

function endpoint(stage: string | undefined): object {
  return { kind: 'endpoint', apiId: 'a1b2c3d4e5', stage, hasExtraPath: false, isMapped: false };
}

function api(stage: string): object {
  return { kind: 'api', apiId: 'a1b2c3d4e5', stage, isMapped: false };
}
