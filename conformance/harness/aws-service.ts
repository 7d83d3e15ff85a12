import { isSigned } from './aws-signature.ts';
import { type Answer, type BackEnd, type ReceivedRequest, startBackEnd } from './back-end.ts';

/** A service of AWS: it answers requests that are signed with `credentials`, and refuses all others with 403. */
export function startAwsService(
  service: string,
  answer: (request: ReceivedRequest) => Answer | Promise<Answer>,
): Promise<BackEnd> {
  return startBackEnd(async (request) => {
    if (await isSigned(service, request)) return answer(request);
    return {
      status: 403,
      headers: { 'content-type': 'application/json', 'x-amzn-ErrorType': 'InvalidSignatureException' },
      body: JSON.stringify({ message: 'The signature does not match.' }),
    };
  });
}
