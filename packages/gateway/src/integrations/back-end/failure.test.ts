import { expect, it } from 'vitest';
import { describeBackEndFailure } from './failure.ts';

it.each([
  ['ECONNREFUSED', 'unreachable', 'refused the connection (ECONNREFUSED).'],
  ['EAI_AGAIN', 'unreachable', 'has a host name that could not be resolved (EAI_AGAIN).'],
  ['UND_ERR_CONNECT_TIMEOUT', 'unreachable', 'could not be reached (UND_ERR_CONNECT_TIMEOUT).'],
  ['UND_ERR_SOCKET', 'unreachable', 'closed the connection before it had answered (UND_ERR_SOCKET).'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable', 'could not be trusted over TLS (DEPTH_ZERO_SELF_SIGNED_CERT).'],
  ['HPE_INVALID_CONSTANT', 'unreachable', 'answered with something that is not HTTP (HPE_INVALID_CONSTANT).'],
  ['EWHATEVER', 'unreachable', 'could not be called (EWHATEVER).'],
  ['UND_ERR_INVALID_ARG', 'misconfigured', 'cannot be called: bad method.'],
])('says in a sentence what %s means', (code, cause, phrase) => {
  const error = Object.assign(new Error('bad method'), { code });
  expect(describeBackEndFailure('http://h/x', error)).toEqual({
    kind: 'failed',
    cause,
    reason: `The back end "http://h/x" ${phrase}`,
  });
});
