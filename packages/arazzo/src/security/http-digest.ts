import { createHash, randomBytes } from 'node:crypto';
import type { HttpExchangeRequest, HttpExchangeResponse } from '../transports/transport.ts';
import { type CreateAuthorizer, withHeader } from './authorizer.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { readPair } from './credential.ts';

/** The algorithms of RFC 7616, the preferred first; the same with `-sess` are known too. */
const algorithms: ReadonlyMap<string, string> = new Map([
  ['sha-256', 'sha256'],
  ['md5', 'md5'],
]);

/** What is protected: the request line, or with it the body. */
type Qop = 'auth' | 'auth-int';

/** What a server asked for, and how often it has been answered. */
interface DigestState {
  readonly challenge: Challenge['parameters'];
  readonly hash: string;
  readonly isSession: boolean;
  /** Absent for servers of RFC 2069, which know none. */
  readonly qop?: Qop;
  count: number;
}

/**
 * HTTP `digest` (RFC 7616), with `qop=auth`, with `qop=auth-int` where only that is offered, or without: the credential is `username:password`, or `{ username, password }`.
 * The first request goes without; its challenge is answered once, and later requests answer it ahead.
 */
export const createDigestAuthorizer: CreateAuthorizer = ({ credential }) => {
  const pair = readPair(credential, 'username', 'password');
  if (pair === undefined || !/^[\x20-\x7e]+$/.test(pair[0])) return undefined;
  let state: DigestState | undefined;
  return {
    async authorize(request) {
      return state === undefined ? request : answerDigest(request, state, pair);
    },
    answer(request, response) {
      if (response.status !== 401) return undefined;
      const next = readDigest(response);
      // A challenge with the nonce that was just answered refuses the password.
      if (next === undefined || next.challenge.get('nonce') === state?.challenge.get('nonce')) return undefined;
      state = next;
      return answerDigest(request, state, pair);
    },
  };
};

function readDigest(response: HttpExchangeResponse): DigestState | undefined {
  const fields = Object.hasOwn(response.headers, 'www-authenticate') ? response.headers['www-authenticate'] : undefined;
  const challenges = (fields ?? []).flatMap(parseChallenges).filter(isAnswerable);
  for (const [name, hash] of algorithms) {
    for (const { parameters } of challenges) {
      const algorithm = parameters.get('algorithm')?.toLowerCase() ?? 'md5';
      const isSession = algorithm === `${name}-sess`;
      const qop = chooseQop(parameters.get('qop'));
      if (algorithm !== name && !isSession) continue;
      return { challenge: parameters, hash, isSession, ...(qop !== undefined && { qop }), count: 0 };
    }
  }
  return undefined;
}

function isAnswerable({ scheme, parameters }: Challenge): boolean {
  return (
    scheme === 'digest' &&
    parameters.has('nonce') &&
    (!parameters.has('qop') || chooseQop(parameters.get('qop')) !== undefined)
  );
}

function chooseQop(offered: string | undefined): Qop | undefined {
  const options = (offered ?? '').split(',').map((option) => option.trim().toLowerCase());
  return (['auth', 'auth-int'] as const).find((qop) => options.includes(qop));
}

function answerDigest(
  request: HttpExchangeRequest,
  state: DigestState,
  [username, password]: readonly [string, string],
): HttpExchangeRequest {
  const { challenge } = state;
  const digest = (text: string | Uint8Array): string => createHash(state.hash).update(text).digest('hex');
  const given = (name: string): string => challenge.get(name) ?? '';
  state.count += 1;
  const nc = state.count.toString(16).padStart(8, '0');
  const cnonce = randomBytes(16).toString('hex');
  const { pathname, search } = new URL(request.url);
  const uri = `${pathname}${search}`;
  const base = digest(`${username}:${given('realm')}:${password}`);
  const secret = state.isSession ? digest(`${base}:${given('nonce')}:${cnonce}`) : base;
  const { qop } = state;
  const hasQop = qop !== undefined;
  const counted = hasQop ? `${nc}:${cnonce}:${qop}:` : '';
  const content = qop === 'auth-int' ? `:${digest(request.body ?? '')}` : '';
  const isHashed = given('userhash').toLowerCase() === 'true';
  const fields: readonly (readonly [string, string, boolean])[] = [
    ['username', quoteText(isHashed ? digest(`${username}:${given('realm')}`) : username), true],
    ['realm', quoteText(given('realm')), true],
    ['nonce', quoteText(given('nonce')), true],
    ['uri', quoteText(uri), true],
    [
      'response',
      quoteText(digest(`${secret}:${given('nonce')}:${counted}${digest(`${request.method}:${uri}${content}`)}`)),
      true,
    ],
    ['algorithm', given('algorithm'), challenge.has('algorithm')],
    ['opaque', quoteText(given('opaque')), challenge.has('opaque')],
    ['qop', qop ?? '', hasQop],
    ['nc', nc, hasQop],
    ['cnonce', quoteText(cnonce), hasQop || state.isSession],
    ['userhash', 'true', isHashed],
  ];
  const text = fields.flatMap(([name, value, isSent]) => (isSent ? `${name}=${value}` : []));
  return withHeader(request, 'authorization', `Digest ${text.join(', ')}`);
}

function quoteText(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
