import type { SecurityScheme } from '../document/openapi/security.ts';
import { createApiKeyAuthorizer } from './api-key.ts';
import type { Authorization, Authorizer, CreateAuthorizer } from './authorizer.ts';
import { createBasicAuthorizer } from './http-basic.ts';
import { createBearerAuthorizer } from './http-bearer.ts';
import { createDigestAuthorizer } from './http-digest.ts';
import { createOAuth2Authorizer } from './oauth2.ts';
import { createSigV4Authorizer } from './sigv4.ts';

interface Method {
  readonly create: CreateAuthorizer;
  /** The form of a credential, for messages. */
  readonly expects: string;
}

const user = 'the text "username:password"';

/**
 * The schemes that credentials are applied for, in the order in which they are: a digest covers the query, into which a key
 * may go, and a signature covers headers.
 */
const methods: ReadonlyMap<SecurityScheme['kind'], Method> = new Map<SecurityScheme['kind'], Method>([
  ['api-key', { create: createApiKeyAuthorizer, expects: 'the key' }],
  ['http-basic', { create: createBasicAuthorizer, expects: user }],
  ['http-bearer', { create: createBearerAuthorizer, expects: 'the token' }],
  [
    'oauth2',
    {
      create: createOAuth2Authorizer,
      expects: '"clientId:clientSecret" or "username:password" for a flow that the description has, or an access token',
    },
  ],
  ['http-digest', { create: createDigestAuthorizer, expects: user }],
  [
    'sigv4',
    {
      create: createSigV4Authorizer,
      expects: '"accessKeyId:secretAccessKey", with a region and a service where the server names none',
    },
  ],
]);

const order = [...methods.keys()];

/** `undefined` when the credential does not have the form that the scheme expects, or the scheme is not carried out. */
export function createAuthorizer(authorization: Authorization): Authorizer | undefined {
  return methods.get(authorization.scheme.kind)?.create(authorization);
}

/** The form of a credential for the scheme; `undefined` when none can be applied. */
export function expectedCredential(scheme: SecurityScheme): string | undefined {
  return methods.get(scheme.kind)?.expects;
}

/** Sorts authorizations of one request into the order in which they are to be applied. */
export function inOrder(authorizations: readonly Authorization[]): readonly Authorization[] {
  return authorizations.toSorted((left, right) => order.indexOf(left.scheme.kind) - order.indexOf(right.scheme.kind));
}
