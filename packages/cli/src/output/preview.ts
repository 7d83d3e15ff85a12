import type { PreviewedRequest } from '@gatewright/arazzo';
import type { Output } from './output.ts';

/** Shows the requests of a run that is not made, in order. */
export function showPreview(output: Output, requests: readonly PreviewedRequest[]): void {
  output.line(
    'Nothing is sent. If every step succeeds, these are the requests; expressions stand for what is answered.',
  );
  let workflowId: string | undefined;
  for (const request of requests) {
    output.record(request);
    if (request.workflowId !== workflowId) {
      output.line();
      output.line(output.style('bold', request.workflowId));
    }
    workflowId = request.workflowId;
    for (const line of formatRequest(output, output.masker.maskValue(request))) output.line(`  ${line}`);
  }
}

function formatRequest(output: Output, request: PreviewedRequest): readonly string[] {
  if (request.kind === 'refused-request') {
    return [`${output.style('red', '✗')} ${request.stepId}`, `    ${output.style('red', request.message)}`];
  }
  const { stepId, method, url, headers, body, credentials = [] } = request;
  return [
    `${stepId.padEnd(26)} ${method.padEnd(6)} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `    ${output.style('dim', `${name}: ${value}`)}`),
    ...(credentials.length === 0 ? [] : [`    ${output.style('dim', `with credentials: ${credentials.join(', ')}`)}`]),
    ...formatBody(body).map((line) => `    ${line}`),
  ];
}

function formatBody(body: unknown): readonly string[] {
  if (body === undefined) return [];
  const text = typeof body === 'string' ? body : JSON.stringify(body, undefined, 2);
  return text.split('\n');
}
