import type { Authorizer } from '../../model/resources.ts';
import { badRequest } from '../refuse.ts';

/** The developer guide, "Lambda authorizers for HTTP APIs" and "JWT authorizers": where an identity may come from. */
const identitySource = /^\$(request\.(header|querystring)|context|stageVariables)\.[A-Za-z0-9._-]+$/;

/** @throws ServiceError `BadRequestException` when an authorizer does not fit an HTTP API. */
export function checkHttpAuthorizer(authorizer: Authorizer): void {
  const wrong = authorizer.identitySource?.find((source) => !identitySource.test(source));
  if (wrong !== undefined) {
    throw badRequest(
      `IdentitySource has "${wrong}"; expected $request.header.{name}, $request.querystring.{name}, $context.{name} or $stageVariables.{name}.`,
    );
  }
  if (authorizer.authorizerType === 'JWT') checkJwtAuthorizer(authorizer);
  else checkRequestAuthorizer(authorizer);
}

function checkJwtAuthorizer({ authorizerUri, identitySource: sources = [], jwtConfiguration = {} }: Authorizer): void {
  const { audience = [], issuer = '' } = jwtConfiguration;
  if (authorizerUri !== undefined) throw badRequest('AuthorizerUri cannot be set for JWT authorizers.');
  if (sources.length !== 1) throw badRequest(`IdentitySource has ${sources.length} entries; expected one.`);
  if (audience.length === 0) throw badRequest('JwtConfiguration.Audience is required for JWT authorizers.');
  if (!/^https?:\/\/./.test(issuer)) {
    throw badRequest(`JwtConfiguration.Issuer is "${issuer}"; expected the URL of an issuer.`);
  }
}

function checkRequestAuthorizer(authorizer: Authorizer): void {
  const { authorizerPayloadFormatVersion: version, authorizerResultTtlInSeconds: seconds = 0 } = authorizer;
  if (version !== '1.0' && version !== '2.0') {
    throw badRequest(
      `AuthorizerPayloadFormatVersion is "${version ?? ''}"; expected "1.0" or "2.0" for HTTP protocol Apis.`,
    );
  }
  if (authorizer.enableSimpleResponses && version !== '2.0') {
    throw badRequest('EnableSimpleResponses can be set only when AuthorizerPayloadFormatVersion is "2.0".');
  }
  if (authorizer.jwtConfiguration) throw badRequest('JwtConfiguration cannot be set for REQUEST authorizers.');
  if (seconds > 0 && authorizer.identitySource === undefined) {
    throw badRequest('IdentitySource is required when AuthorizerResultTtlInSeconds is greater than 0.');
  }
}
