import {
  CreateStageCommand,
  DeleteAccessLogSettingsCommand,
  GetStageCommand,
  UpdateStageCommand,
  type UpdateStageCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { makeForEachTest, serveForTests } from '../testing/control-plane-hooks.ts';
import { createApi, members, type ServedControlPlane } from '../testing/serve-control-plane.ts';

const served = serveForTests();
const servedWithoutRole = serveForTests({ hasLoggingRole: false });
const stage = makeForEachTest(() => createStage(served));

async function createStage({ client }: Pick<ServedControlPlane, 'client'>) {
  const created = { ...(await createApi(client)), StageName: 'dev' };
  await client.send(new CreateStageCommand(created));
  return created;
}

const update = (request: Partial<UpdateStageCommandInput>) =>
  members(served.client.send(new UpdateStageCommand({ ...stage, ...request })));

const settings = {
  DestinationArn: 'arn:aws:logs:us-east-1:123456789012:log-group:chat',
  Format: '{"id":"$context.requestId"}',
};

const formatProblems = 'The following errors are found in Access Log Format: ';
const withoutRole = 'CloudWatch Logs role ARN must be set in account settings to enable logging';

describe('access log settings', () => {
  it('are stored, changed member by member, and deleted', async () => {
    const changed = await update({ AccessLogSettings: settings });
    expect(changed.AccessLogSettings).toEqual(settings);
    const DestinationArn = 'arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-chat';
    expect(await update({ AccessLogSettings: { DestinationArn } })).toMatchObject({
      AccessLogSettings: { ...settings, DestinationArn },
    });
    const same = await update({ AccessLogSettings: {} });
    expect(same.AccessLogSettings).toEqual({ ...settings, DestinationArn });
    const deletion = new DeleteAccessLogSettingsCommand(stage);
    for (const _ of [1, 2]) expect((await served.client.send(deletion)).$metadata.httpStatusCode).toBe(204);
    expect(await members(served.client.send(new GetStageCommand(stage)))).not.toHaveProperty('AccessLogSettings');
  });

  const rules: [object, string][] = [
    [{ Format: '' }, 'Access Log value missing. Expected destinationArn and format.'],
    [{ DestinationArn: '' }, 'Access Log value missing. Expected destinationArn and format.'],
    [
      { Format: '$context.routeKey' },
      `${formatProblems}Access Log format must include either $context.requestId or $context.extendedRequestId : '$context.routeKey'`,
    ],
    [
      { Format: '$context.requestId\n$context.routeKey' },
      `${formatProblems}Access Log format must be single line: '$context.requestId\n$context.routeKey'`,
    ],
    [{ DestinationArn: 'not-an-arn' }, "Invalid ARN specified in the request. ARNs must start with 'arn:': not-an-arn"],
    [
      { DestinationArn: 'arn:aws:s3:::bucket' },
      'DestinationArn is "arn:aws:s3:::bucket"; expected arn:{partition}:logs:{region}:{account}:log-group:{name} or arn:{partition}:firehose:{region}:{account}:deliverystream/amazon-apigateway-{name}.',
    ],
  ];
  it.each(rules)('are refused: %j', async (request, message) => {
    await expect(update({ AccessLogSettings: { ...settings, ...request } })).rejects.toMatchObject({
      name: 'BadRequestException',
      message,
    });
    expect(await members(served.client.send(new GetStageCommand(stage)))).not.toHaveProperty('AccessLogSettings');
  });

  it.each<[Partial<UpdateStageCommandInput>, string]>([
    [{ AccessLogSettings: settings }, withoutRole],
    [{ DefaultRouteSettings: { LoggingLevel: 'ERROR' } }, withoutRole],
    [{ RouteSettings: { $connect: { LoggingLevel: 'INFO' } } }, withoutRole],
    // What is wrong with the settings themselves is said first.
    [{ AccessLogSettings: { ...settings, DestinationArn: 'x' } }, 'Invalid ARN specified in the request.'],
  ])('are refused to an account without a role: %j', async (request, message) => {
    const other = await createStage(servedWithoutRole);
    const updateOther = (members: Partial<UpdateStageCommandInput>) =>
      servedWithoutRole.client.send(new UpdateStageCommand({ ...other, ...members }));
    await expect(updateOther(request)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message),
    });
    expect(await updateOther({ DefaultRouteSettings: { DataTraceEnabled: true } })).toMatchObject({
      DefaultRouteSettings: { DataTraceEnabled: true, LoggingLevel: 'OFF' },
    });
  });

  it('may stand beside a client certificate', async () => {
    expect(await update({ ClientCertificateId: 'abc123' })).toMatchObject({ ClientCertificateId: 'abc123' });
  });
});
