import {
  CreateDeploymentCommand,
  CreateModelCommand,
  type CreateModelCommandInput,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteModelCommand,
  DeleteRouteCommand,
  GetModelCommand,
  GetModelsCommand,
  GetModelTemplateCommand,
  GetStageCommand,
  UpdateApiCommand,
  UpdateModelCommand,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { createApiForEachTest, serveForTests } from '../testing/control-plane-hooks.ts';
import { members } from '../testing/serve-control-plane.ts';

const served = serveForTests();
const api = createApiForEachTest(served);

const schema = JSON.stringify({ type: 'object', properties: { action: { type: 'string' } }, required: ['action'] });
const create = (request: Partial<CreateModelCommandInput> = {}) =>
  members(served.client.send(new CreateModelCommand({ ...api, Name: 'Message', Schema: schema, ...request })));

describe('a model', () => {
  it('is created, read, changed and deleted', async () => {
    const request = { Name: 'Message', Schema: schema, ContentType: 'application/json' };
    const created = await create(request);
    expect(created).toEqual({ ...request, ModelId: expect.stringMatching(/^[a-z0-9]{6}$/) });
    const model = { ...api, ModelId: String(created.ModelId) };
    expect(await members(served.client.send(new GetModelCommand(model)))).toEqual(created);

    const update = { Description: 'What clients send', Schema: '{}', Name: 'ClientMessage' };
    const changed = { ...created, ...update };
    expect(await members(served.client.send(new UpdateModelCommand({ ...model, ...update })))).toEqual(changed);
    expect((await served.client.send(new GetModelsCommand(api))).Items).toEqual([changed]);

    expect((await served.client.send(new DeleteModelCommand(model))).$metadata.httpStatusCode).toBe(204);
    await expect(served.client.send(new GetModelCommand(model))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Invalid Model identifier specified',
      ResourceType: 'Model',
    });
  });

  it.each<[Partial<CreateModelCommandInput>, string]>([
    [{ Name: 'My Message' }, '"name" is "My Message"; expected a match of ^[A-Za-z0-9]*$.'],
    [{ Schema: 'no' }, 'Invalid model schema specified: the schema is not JSON.'],
    [
      { Schema: '{"exclusiveMinimum":1}' },
      'Invalid model schema specified: #/exclusiveMinimum is 1; expected true or false.',
    ],
    [
      { Schema: '{"$ref":"#/definitions/none"}' },
      expect.stringContaining("Invalid model schema specified: can't resolve reference #/definitions/none"),
    ],
  ])('is refused: %j', async (request, message) => {
    await expect(create(request)).rejects.toMatchObject({ name: 'BadRequestException', message });
    expect((await served.client.send(new GetModelsCommand(api))).Items).toEqual([]);
  });

  it('is stored unchecked when the API asks for that', async () => {
    await served.client.send(new UpdateApiCommand({ ...api, DisableSchemaValidation: true }));
    expect(await create({ Schema: 'no' })).toMatchObject({ Schema: 'no' });
  });

  it('is looked at again when it is deployed, although it was stored unchecked', async () => {
    await served.client.send(new CreateRouteCommand({ ...api, RouteKey: 'join' }));
    await served.client.send(new UpdateApiCommand({ ...api, DisableSchemaValidation: true }));
    const { ModelId } = await create({ Schema: '{"type":"text"}' });
    await served.client.send(new CreateDeploymentCommand(api));
    await served.client.send(new UpdateApiCommand({ ...api, DisableSchemaValidation: false }));
    await expect(served.client.send(new CreateDeploymentCommand(api))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('Invalid model schema specified in the model "Message": #/type is "text"'),
    });
    await served.client.send(new UpdateModelCommand({ ...api, ModelId: String(ModelId), Schema: '{}' }));
    await served.client.send(new CreateDeploymentCommand(api));
  });

  it('may refer to one that comes later, and is deployed with it', async () => {
    const $ref = `https://apigateway.amazonaws.com/restapis/${api.ApiId}/models/User`;
    await create({ Schema: JSON.stringify({ properties: { user: { $ref } } }) });
    await served.client.send(new CreateRouteCommand({ ...api, RouteKey: 'join' }));
    const stage = { ...api, StageName: 'dev' };
    await served.client.send(new CreateStageCommand({ ...stage, AutoDeploy: true }));
    const unresolved =
      'Invalid model schema specified in the model "Message": it refers to the model "User", which this API does not have.';
    await expect(served.client.send(new CreateDeploymentCommand(api))).rejects.toThrow(unresolved);
    const failed = await members(served.client.send(new GetStageCommand(stage)));
    expect(failed).toMatchObject({ LastDeploymentStatusMessage: `Deployment attempt failed: ${unresolved}` });
    const { ModelId } = await create({ Name: 'User', Schema: '{"type":"object"}' });
    const deployed = await members(served.client.send(new GetStageCommand(stage)));
    const { DeploymentId, LastDeploymentStatusMessage } = deployed;
    expect(LastDeploymentStatusMessage).toBe(`Successfully deployed stage with deployment ID '${DeploymentId}'`);

    // What is deployed has a copy of the model, which may go before those that refer to it.
    await served.client.send(new DeleteModelCommand({ ...api, ModelId: String(ModelId) }));
    expect(await members(served.client.send(new GetStageCommand(stage)))).toEqual({
      ...deployed,
      LastDeploymentStatusMessage: `Deployment attempt failed: ${unresolved}`,
    });
  });

  it('has a name that no other has', async () => {
    await create();
    const conflict = { name: 'ConflictException', message: 'Model with name Message already exists for this API' };
    await expect(create()).rejects.toMatchObject(conflict);
    const { ModelId } = await create({ Name: 'Other' });
    const update = new UpdateModelCommand({ ...api, ModelId: String(ModelId), Name: 'Message' });
    await expect(served.client.send(update)).rejects.toMatchObject(conflict);
  });

  it('is neither deleted nor renamed while routes name it', async () => {
    const model = { ...api, ModelId: String((await create()).ModelId) };
    const request = { ...api, RouteKey: 'join', RequestModels: { $default: 'Message' } };
    const { RouteId = '', RequestModels } = await served.client.send(new CreateRouteCommand(request));
    expect(RequestModels).toEqual({ $default: 'Message' });
    const conflict = {
      name: 'ConflictException',
      message: `Cannot delete Model because it is referenced by the following Routes with Ids: [${RouteId}]`,
    };
    await expect(served.client.send(new DeleteModelCommand(model))).rejects.toMatchObject(conflict);
    await expect(served.client.send(new UpdateModelCommand({ ...model, Name: 'Other' }))).rejects.toMatchObject(
      conflict,
    );
    await served.client.send(new DeleteRouteCommand({ ...api, RouteId }));
    await served.client.send(new DeleteModelCommand(model));
  });

  it('has a sample template that shows its shape', async () => {
    const { ModelId } = await create({
      Schema: JSON.stringify({
        type: 'object',
        properties: {
          action: { type: 'string' },
          count: { type: 'integer' },
          rooms: { type: 'array', items: { type: 'object', properties: { open: { type: 'boolean' } } } },
        },
      }),
    });
    const template = served.client.send(new GetModelTemplateCommand({ ...api, ModelId: String(ModelId) }));
    expect(await members(template)).toEqual({
      Value: [
        "#set($inputRoot = $input.path('$'))",
        '{',
        '  "action" : "foo",',
        '  "count" : 42,',
        '  "rooms" : [',
        '#foreach($elem in $inputRoot.rooms)',
        '    {',
        '      "open" : true',
        '    }#if($foreach.hasNext),#end',
        '#end',
        '  ]',
        '}',
      ].join('\n'),
    });
  });
});
