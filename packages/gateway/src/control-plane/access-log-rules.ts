import type { AccessLogSettings } from '../model/resources.ts';
import { badRequest } from './refuse.ts';

const formatProblems = 'The following errors are found in Access Log Format: ';

/**
 * Access log settings as a request makes them of what they were: a member that is not given stays. The texts and their
 * order are those that were observed; which of format and destination is looked at first is not known.
 *
 * @throws ServiceError `BadRequestException`
 */
export function completeAccessLogSettings(
  current: AccessLogSettings | undefined,
  members: Partial<AccessLogSettings>,
): AccessLogSettings {
  const { destinationArn, format } = { ...current, ...members };
  if (!destinationArn || !format) throw badRequest('Access Log value missing. Expected destinationArn and format.');
  if (/[\r\n]/.test(format)) {
    throw badRequest(`${formatProblems}Access Log format must be single line: '${format}'`);
  }
  if (!/\$context\.(requestId|extendedRequestId)(?![A-Za-z0-9_])/.test(format)) {
    throw badRequest(
      `${formatProblems}Access Log format must include either $context.requestId or $context.extendedRequestId : '${format}'`,
    );
  }
  checkDestination(destinationArn);
  return { destinationArn, format };
}

/** CreateStage, "AccessLogSettings": a log group of CloudWatch Logs, or a delivery stream of Data Firehose of a given name. */
const destination =
  /^arn:[^:]+:(logs:[^:]*:\d{12}:log-group:[^:]+(:\*)?|firehose:[^:]*:\d{12}:deliverystream\/amazon-apigateway-.+)$/;

function checkDestination(arn: string): void {
  if (!arn.startsWith('arn:')) {
    throw badRequest(`Invalid ARN specified in the request. ARNs must start with 'arn:': ${arn}`);
  }
  if (destination.test(arn)) return;
  throw badRequest(
    `DestinationArn is "${arn}"; expected arn:{partition}:logs:{region}:{account}:log-group:{name} or arn:{partition}:firehose:{region}:{account}:deliverystream/amazon-apigateway-{name}.`,
  );
}
