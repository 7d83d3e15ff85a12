import { isRecord, memberOf, quote, stringMember } from '../document/json.ts';
import type { OAuthFlows } from '../document/openapi/security.ts';
import type { HttpExchangeRequest, HttpExchangeResponse } from '../transports/transport.ts';
import {
  type Authorization,
  type AuthorizationContext,
  AuthorizationError,
  type Authorizer,
  type CreateAuthorizer,
  isHeaderValue,
  withHeader,
} from './authorizer.ts';
import { encodeBasicForm, partOf, readPair } from './credential.ts';
import { createBearerAuthorizer } from './http-bearer.ts';

/** A token is got anew when this part of its lifetime is over, so that it does not expire on its way. */
const USABLE_PART = 0.9;

/** How a token is asked for. */
interface Grant {
  readonly tokenUrl: string;
  readonly form: Readonly<Record<string, string>>;
  /** Identifier and secret of the client, sent in the header `Authorization` (RFC 6749 §2.3.1). */
  readonly client?: readonly [string, string];
}

/**
 * `oauth2` (RFC 6749) by the flows that need no browser. The credential is one of
 * - `clientId:clientSecret` or `{ clientId, clientSecret }` for client credentials;
 * - `{ username, password }`, with `clientId` and `clientSecret` where the server wants them, for the password flow; as
 *   the text `username:password` when the description has this flow alone;
 * - an access token: a text without a colon, or `{ accessToken }`.
 *
 * `tokenUrl` may be given among the parts and replaces the description's. A token is used until it expires or is refused: a
 * request whose token was got for an earlier one is then sent once more, with a new one.
 */
export const createOAuth2Authorizer: CreateAuthorizer = (authorization) => {
  const { credential } = authorization;
  const ready = typeof credential === 'string' && !credential.includes(':') ? credential : undefined;
  const accessToken = ready ?? partOf(credential, 'accessToken');
  if (accessToken !== undefined) return createBearerAuthorizer({ ...authorization, credential: accessToken });
  const grant = readGrant(authorization);
  if (grant === undefined) return undefined;
  let token: { readonly value: string; readonly until: number } | undefined;
  let isNew = false;
  const authorize: Authorizer['authorize'] = async (request, context) => {
    isNew = token === undefined || context.now() >= token.until;
    if (token === undefined || isNew) token = await requestToken(grant, authorization, request, context);
    return withHeader(request, 'authorization', `Bearer ${token.value}`);
  };
  return {
    authorize,
    answer(request, { status }, context) {
      if (status !== 401) return undefined;
      token = undefined;
      // The refusal stands when no other token is to be had.
      return isNew ? undefined : authorize(request, context).catch(() => undefined);
    },
  };
};

/** Where tokens are got from; `undefined` when none is asked for. Requests go there besides those of the workflow. */
export function tokenUrlOf(authorization: Authorization): string | undefined {
  return authorization.scheme.kind === 'oauth2' ? readGrant(authorization)?.tokenUrl : undefined;
}

function readGrant({ scheme, scopes, credential, baseUrl }: Authorization): Grant | undefined {
  const flows: OAuthFlows = scheme.kind === 'oauth2' ? scheme.flows : {};
  const scope = scopes.length > 0 ? { scope: scopes.join(' ') } : {};
  const given = partOf(credential, 'tokenUrl');
  const client = readPair(credential, 'clientId', 'clientSecret');
  const isPassword =
    typeof credential === 'string'
      ? flows.clientCredentials === undefined
      : partOf(credential, 'username') !== undefined;
  const url = resolveUrl(given ?? (isPassword ? flows.password : flows.clientCredentials), baseUrl);
  if (url === undefined) return undefined;
  if (!isPassword) {
    return client && { tokenUrl: url, form: { grant_type: 'client_credentials', ...scope }, client };
  }
  const user = readPair(credential, 'username', 'password');
  if (user === undefined) return undefined;
  const form = { grant_type: 'password', username: user[0], password: user[1], ...scope };
  return { tokenUrl: url, form, ...(typeof credential !== 'string' && client && { client }) };
}

function resolveUrl(text: string | undefined, base: string): string | undefined {
  if (text === undefined || !URL.canParse(text, `${base}/`)) return undefined;
  const url = new URL(text, `${base}/`);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

async function requestToken(
  { tokenUrl, form, client }: Grant,
  authorization: Authorization,
  request: HttpExchangeRequest,
  context: AuthorizationContext,
): Promise<{ readonly value: string; readonly until: number }> {
  const { operationId: _, ...place } = request;
  const basic = client && encodeBasicForm(client);
  const response = await context.send({
    ...place,
    method: 'POST',
    url: tokenUrl,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(basic !== undefined && { authorization: `Basic ${basic}` }),
    },
    body: new URLSearchParams(form).toString(),
  });
  const body = readJson(response);
  const value = stringMember(body, 'access_token');
  const type = stringMember(body, 'token_type') ?? 'bearer';
  if (response.status >= 300 || value === undefined || !isHeaderValue(value) || type.toLowerCase() !== 'bearer') {
    const message = `The security scheme "${authorization.schemeName}" got no token from "${tokenUrl}": ${describe(response, body, type)}.`;
    throw new AuthorizationError(message);
  }
  const seconds = memberOf(body, 'expires_in');
  const isExpiring = typeof seconds === 'number' && seconds >= 0;
  return { value, until: isExpiring ? context.now() + seconds * 1000 * USABLE_PART : Number.POSITIVE_INFINITY };
}

/** Says what the server answered in place of a token; never the token. */
function describe(response: HttpExchangeResponse, body: unknown, type: string): string {
  const error = stringMember(body, 'error');
  const description = stringMember(body, 'error_description');
  const said = error === undefined ? '' : ` with the error ${quote(error)}`;
  const why = description === undefined ? '' : ` (${quote(description)})`;
  if (response.status >= 300 || error !== undefined) return `it answered ${response.status}${said}${why}`;
  const value = stringMember(body, 'access_token');
  if (value === undefined) return 'its answer has no "access_token"';
  if (!isHeaderValue(value)) return 'the token in its answer has characters that no header can carry';
  return `the token is of the type ${quote(type)}; "bearer" was expected`;
}

function readJson(response: HttpExchangeResponse): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(response.body));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
