import { type CreateAuthorizer, isHeaderValue, withHeader } from './authorizer.ts';
import { readSecret } from './credential.ts';

/** `apiKey`: the credential is the key, or `{ value }`. It goes where the scheme says: a header, the query or a cookie. */
export const createApiKeyAuthorizer: CreateAuthorizer = ({ scheme, credential }) => {
  const key = readSecret(credential, 'value');
  if (scheme.kind !== 'api-key' || key === undefined || (scheme.in === 'header' && !isHeaderValue(key))) {
    return undefined;
  }
  const { name, in: place } = scheme;
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(key)}`;
  return {
    async authorize(request) {
      if (place === 'header') return withHeader(request, name.toLowerCase(), key);
      if (place === 'query')
        return { ...request, url: `${request.url}${request.url.includes('?') ? '&' : '?'}${pair}` };
      const cookies = request.headers.cookie;
      return withHeader(request, 'cookie', cookies === undefined ? pair : `${cookies}; ${pair}`);
    },
  };
};
