import type { HeaderPairs } from '../back-end/request.ts';

/** An action of an AWS service as its protocol wants it named. */
export interface AwsAction {
  /** With its question mark; empty where the action is named by a header. */
  readonly query: string;
  /** The headers of a request with those that name the action. */
  readonly addHeaders: (headers: HeaderPairs) => HeaderPairs;
}

/** The services of the JSON protocol that are used most: what stands before their actions, and the protocol's version. */
const jsonServices: Readonly<Record<string, readonly [targetPrefix: string, version: '1.0' | '1.1']>> = {
  'cognito-idp': ['AWSCognitoIdentityProviderService', '1.1'],
  dynamodb: ['DynamoDB_20120810', '1.0'],
  events: ['AWSEvents', '1.1'],
  firehose: ['Firehose_20150804', '1.1'],
  kinesis: ['Kinesis_20131202', '1.1'],
  kms: ['TrentService', '1.1'],
  logs: ['Logs_20140328', '1.1'],
  secretsmanager: ['secretsmanager', '1.1'],
  ssm: ['AmazonSSM', '1.1'],
  states: ['AWSStepFunctions', '1.0'],
};

/**
 * An action as it stands in an integration URI, `{Action}` with `&{name}={value}` behind it where it has parameters. Services
 * of the JSON protocol get the header `X-Amz-Target`, all others the query parameter `Action`; mapped headers replace either.
 */
export function describeAction(service: string, action: string): AwsAction {
  const json = Object.hasOwn(jsonServices, service) ? jsonServices[service] : undefined;
  const [name = '', ...parameters] = action.split('&');
  if (!json) return { query: `?Action=${action}`, addHeaders: (headers) => headers };
  const [targetPrefix, version] = json;
  return {
    query: parameters.length > 0 ? `?${parameters.join('&')}` : '',
    addHeaders: (headers) => [
      ...headers.filter(([header]) => header !== 'Content-Type'),
      ['Content-Type', `application/x-amz-json-${version}`],
      ['X-Amz-Target', `${targetPrefix}.${name}`],
    ],
  };
}
