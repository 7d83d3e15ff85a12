import type { FunctionArn } from '../../model/arn.ts';
import { type AwsIntegrationUri, functionUriForm, parseAwsIntegrationUri } from '../../model/integration-uri.ts';
import { hasStageVariables, substituteStageVariables } from '../../model/stage-variables.ts';

/** What an AWS or AWS_PROXY integration calls, once its stage is known. */
type AwsTarget =
  | { readonly kind: 'function'; readonly region: string; readonly arn: FunctionArn }
  | Extract<AwsIntegrationUri, { kind: 'service' }>;

type ResolvedAwsUri = AwsTarget | { readonly kind: 'invalid'; readonly message: string };

/** Puts the stage variables into an `integrationUri` and reads what that gives. */
export function resolveAwsUri(
  integrationUri: string | undefined,
  stageVariables: Readonly<Record<string, string>>,
): ResolvedAwsUri {
  const text = substituteStageVariables(integrationUri ?? '', stageVariables);
  // A value that looks like a variable is not one, and no part of a URI: nothing would be known of what it leads to.
  if (hasStageVariables(text)) return invalid(text, 'a value without stage variables for every stage variable');
  const parsed = parseAwsIntegrationUri(text);
  if (parsed.kind === 'invalid') return invalid(text, parsed.expected);
  const { uri } = parsed;
  if (uri.kind === 'service') return uri;
  if (uri.kind === 'function' && uri.function) return { kind: 'function', region: uri.region, arn: uri.function };
  return invalid(text, functionUriForm);
}

function invalid(text: string, expected: string): ResolvedAwsUri {
  return { kind: 'invalid', message: `The integration URI "${text}" is not valid: ${expected} is expected.` };
}
