import { type CreateAuthorizer, isHeaderValue, withHeader } from './authorizer.ts';
import { readSecret } from './credential.ts';

/** HTTP `bearer` (RFC 6750): the credential is the token, or `{ token }`. */
export const createBearerAuthorizer: CreateAuthorizer = ({ credential }) => {
  const token = readSecret(credential, 'token');
  if (token === undefined || !isHeaderValue(token)) return undefined;
  return { authorize: async (request) => withHeader(request, 'authorization', `Bearer ${token}`) };
};
