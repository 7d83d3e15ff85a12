import { describe, expect, it } from 'vitest';
import { constraints, openEnumerations, optionalMembers, statusCorrections } from './corrections.ts';
import { errorStatuses } from './errors.ts';
import { serviceModel } from './generated/service-model.ts';
import { membersOf, operations, valuesOf } from './operations.ts';
import type { TypeModel } from './service-model.ts';

function checkReferences(type: TypeModel): void {
  if (type.kind === 'structure') expect(membersOf(type.name)).toBeDefined();
  if (type.kind === 'enumeration') expect(valuesOf(type.name)).not.toEqual([]);
  if (type.kind === 'list' || type.kind === 'map') checkReferences(type.of);
}

describe('the operations table', () => {
  it('holds the whole service', () => {
    expect(operations.size).toBe(103);
    expect(operations.get('CreateRoute')).toEqual({
      name: 'CreateRoute',
      method: 'POST',
      path: '/v2/apis/{ApiId}/routes',
      status: 201,
      input: 'CreateRouteRequest',
      output: 'CreateRouteResult',
      errors: ['BadRequestException', 'ConflictException', 'NotFoundException', 'TooManyRequestsException'],
    });
  });

  it('names only structures and enumerations that it has', () => {
    for (const structure of Object.keys(serviceModel.structures)) {
      for (const member of membersOf(structure)) checkReferences(member.type);
    }
    for (const operation of operations.values()) {
      for (const structure of [operation.input, operation.output ?? operation.input]) membersOf(structure);
    }
  });

  it('has one status for an exception, whether the model declares it or not', () => {
    expect(errorStatuses).toMatchObject(serviceModel.errors);
  });

  it('knows where a member stands and what it is called on the wire', () => {
    expect(membersOf('UntagResourceRequest')).toEqual([
      { name: 'ResourceArn', wireName: 'resourceArn', location: 'uri', required: true, type: { kind: 'string' } },
      {
        name: 'TagKeys',
        wireName: 'tagKeys',
        location: 'query',
        required: true,
        type: { kind: 'list', of: { kind: 'string' } },
      },
    ]);
    expect(membersOf('ExportApiResponse')).toMatchObject([{ wireName: 'body', location: 'payload' }]);
    expect(membersOf('Route').map(({ location }) => location)).not.toContain('uri');
  });

  it('answers UpdateRoute with 201, as observed', () => {
    expect(operations.get('UpdateRoute')?.status).toBe(201);
  });
});

describe('the corrections', () => {
  it('name only what the model has', () => {
    const members = Object.keys(serviceModel.structures).flatMap((structure) =>
      membersOf(structure).map(({ name }) => `${structure}.${name}`),
    );
    const corrected = Object.entries(constraints).flatMap(([structure, bounds]) =>
      Object.keys(bounds).map((name) => `${structure}.${name}`),
    );
    // A create and its update share one table of bounds, and an update has no tags.
    const shared = ['UpdateApiRequest.Tags', 'UpdateStageRequest.Tags'];
    expect(corrected.filter((name) => !members.includes(name))).toEqual(shared);
    expect(members).toEqual(expect.arrayContaining([...optionalMembers]));
    expect(Object.keys(serviceModel.operations)).toEqual(expect.arrayContaining(Object.keys(statusCorrections)));
    expect(Object.keys(serviceModel.enumerations)).toEqual(expect.arrayContaining([...openEnumerations]));
  });
});
