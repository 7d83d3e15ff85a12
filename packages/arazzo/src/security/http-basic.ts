import { type CreateAuthorizer, withHeader } from './authorizer.ts';
import { encodeBasic, readPair } from './credential.ts';

/** HTTP `basic` (RFC 7617): the credential is `username:password`, or `{ username, password }`; sent in UTF-8. */
export const createBasicAuthorizer: CreateAuthorizer = ({ credential }) => {
  const pair = readPair(credential, 'username', 'password');
  if (pair === undefined || pair[0].includes(':')) return undefined;
  const value = `Basic ${encodeBasic(pair)}`;
  return { authorize: async (request) => withHeader(request, 'authorization', value) };
};
