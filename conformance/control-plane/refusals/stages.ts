import { bad, both, long, type RefusalRow, refused } from './refusal.ts';

const accessLogs = 'The following errors are found in Access Log Format: Access Log format must';

const deploysAutomatically = /^Deployment ID cannot be set on this stage \d+:\w+ because AutoDeploy is enabled\.$/;

const logGroup = 'arn:aws:logs:us-east-1:123456789012:log-group:chat';

export const badStages: readonly RefusalRow[] = [
  bad('CreateDeployment', { Description: long(1025) }, /description.*1025/i),
  bad('UpdateDeployment', { Description: long(1025) }, /description.*1025/i),
  bad(
    'CreateDeployment',
    { StageName: 'none' },
    'Stage none does not exist. StageName specified on a CreateDeployment request must exist so the stage can be updated with the new deployment.',
  ),
  bad('CreateDeployment', { StageName: 'automatic' }, deploysAutomatically),
  refused(400, 'DeleteDeployment', () => ({}), 'Active stages pointing to this deployment must be moved or deleted'),
  bad('CreateStage', { StageName: 'a b' }, /stageName.*a b/i),
  bad('CreateStage', { StageName: '$default' }, /stageName.*\$default/i),
  bad('CreateStage', { StageName: long(129) }, /stageName/i),
  ...both('Stage', { Description: long(1025) }, /description.*1025/i),
  ...both('Stage', { StageVariables: { 'a-b': 'c' } }, /a-b/),
  ...both('Stage', { StageVariables: { a: 'b c' } }, /b c/),
  ...both('Stage', { DefaultRouteSettings: { ThrottlingBurstLimit: -1 } }, /throttlingBurstLimit.*-1/i),
  ...both('Stage', { RouteSettings: { join: { ThrottlingRateLimit: -1 } } }, /throttlingRateLimit.*-1/i),
  refused(400, 'UpdateStage', ({ DeploymentId }) => ({ StageName: 'automatic', DeploymentId }), deploysAutomatically),
  bad(
    'CreateStage',
    { AccessLogSettings: { Format: 'a' } },
    'Access Log value missing. Expected destinationArn and format.',
  ),
  ...both(
    'Stage',
    { AccessLogSettings: { Format: 'a', DestinationArn: logGroup } },
    `${accessLogs} include either $context.requestId or $context.extendedRequestId : 'a'`,
  ),
  ...both(
    'Stage',
    { AccessLogSettings: { Format: 'a\nb', DestinationArn: logGroup } },
    `${accessLogs} be single line: 'a\nb'`,
  ),
  ...both(
    'Stage',
    { AccessLogSettings: { Format: '$context.requestId', DestinationArn: 'not-an-arn' } },
    "Invalid ARN specified in the request. ARNs must start with 'arn:': not-an-arn",
  ),
];
