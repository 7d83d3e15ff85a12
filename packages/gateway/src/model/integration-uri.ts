import { type FunctionArn, parseArn, parseFunctionArn } from './arn.ts';
import { findMalformedStageVariable, mayMatch, startsWithStageVariable } from './stage-variables.ts';

/**
 * The `integrationUri` of an AWS or AWS_PROXY integration, and the `authorizerUri` of a Lambda authorizer. Any part may hold
 * stage variables.
 */
export type AwsIntegrationUri =
  /** `…:lambda:path/2015-03-31/functions/{functionArn}/invocations`. */
  | {
      readonly kind: 'function';
      readonly partition: string;
      /** Where the function is called; its ARN says where it is. */
      readonly region: string;
      readonly functionArn: string;
      /** The ARN taken apart; absent while a stage variable stands for the whole of it. */
      readonly function?: FunctionArn;
    }
  /** Any other action of an AWS service. */
  | {
      readonly kind: 'service';
      readonly partition: string;
      readonly region: string;
      /** As `sqs`. */
      readonly service: string;
      readonly subdomain?: string;
      /** Whether `serviceApi` is the path of a request, or the name of an action with its parameters. */
      readonly api: 'path' | 'action';
      /** Without a slash at the beginning. */
      readonly serviceApi: string;
    }
  /** A stage variable stands for the beginning: nothing is known before the stage is. */
  | { readonly kind: 'unknown' };

export type ParsedAwsIntegrationUri =
  | { readonly kind: 'uri'; readonly uri: AwsIntegrationUri }
  /** `expected` says which form would do, to be put behind the value. */
  | { readonly kind: 'invalid'; readonly expected: string };

/** The form of the URI of a Lambda function, for messages. */
export const functionUriForm =
  'arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations';
/** For messages. */
export const stageVariableForm = `stage variables as \${stageVariables.{name}}, with a name of letters, digits and underscores`;
const serviceUriForm = 'arn:{partition}:apigateway:{region}:{service}:path/{path} or …:action/{action}';

/**
 * Reads `arn:{partition}:apigateway:{region}:[{subdomain}.]{service}:{path|action}/{serviceApi}`, with `${stageVariables.name}`
 * anywhere. See CreateIntegration, "integrationUri", and PutIntegration, "uri".
 */
export function parseAwsIntegrationUri(text: string): ParsedAwsIntegrationUri {
  if (findMalformedStageVariable(text) !== undefined) return invalid(stageVariableForm);
  if (startsWithStageVariable(text)) return { kind: 'uri', uri: { kind: 'unknown' } };
  const parts = readParts(text);
  if (!parts) return invalid(serviceUriForm);
  const { service, subdomain, api, serviceApi } = parts;
  if (service === 'lambda' && api === 'path' && subdomain === undefined) return readFunctionPath(parts);
  if (api === 'action' && !mayMatch(/^[A-Za-z][A-Za-z0-9]*(&.*)?$/, serviceApi)) {
    return invalid('arn:{partition}:apigateway:{region}:{service}:action/{action}, whose action is a name');
  }
  return { kind: 'uri', uri: { kind: 'service', ...parts } };
}

type ServiceParts = Omit<Extract<AwsIntegrationUri, { kind: 'service' }>, 'kind'>;

function readParts(text: string): ServiceParts | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'apigateway' || arn.region === '') return undefined;
  const [, api, serviceApi = ''] = /^(path|action)\/(.+)$/.exec(arn.resource) ?? [];
  if (api !== 'path' && api !== 'action') return undefined;
  const names = arn.account.split('.').reverse();
  const [service = '', subdomain] = names;
  if (names.length > 2 || !names.every((name) => mayMatch(/^[a-z0-9][a-z0-9-]*$/i, name))) return undefined;
  const { partition, region } = arn;
  return { partition, region, service, ...(subdomain === undefined ? {} : { subdomain }), api, serviceApi };
}

/** The only path of Lambda that an integration can call is that of a function. */
function readFunctionPath({ partition, region, serviceApi }: ServiceParts): ParsedAwsIntegrationUri {
  const [, functionArn = ''] = /^2015-03-31\/functions\/(.+)\/invocations$/.exec(serviceApi) ?? [];
  if (startsWithStageVariable(functionArn)) {
    return { kind: 'uri', uri: { kind: 'function', partition, region, functionArn } };
  }
  const named = parseFunctionArn(functionArn);
  if (!named) return invalid(functionUriForm);
  return { kind: 'uri', uri: { kind: 'function', partition, region, functionArn, function: named } };
}

/** Whether a text is the URI of a Lambda function, or may be one when its stage is known. */
export function isFunctionUri(text: string): boolean {
  const parsed = parseAwsIntegrationUri(text);
  return parsed.kind === 'uri' && parsed.uri.kind !== 'service';
}

function invalid(expected: string): ParsedAwsIntegrationUri {
  return { kind: 'invalid', expected };
}
