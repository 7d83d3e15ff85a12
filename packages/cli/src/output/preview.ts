import type { PreviewedRequest } from '@gatewright/arazzo';
import { type Masker, maskedText } from './masker.ts';
import type { Output } from './output.ts';

/** Shows the requests of a run that is not made, in order. */
export function showPreview(output: Output, requests: readonly PreviewedRequest[]): void {
  output.line(
    'Nothing is sent. If every step succeeds, these are the requests; expressions stand for what is answered.',
  );
  let workflowId: string | undefined;
  for (const request of requests.map((one) => hideWritten(output.masker, one))) {
    output.record(request);
    if (request.workflowId !== workflowId) {
      output.line();
      output.line(output.style('bold', request.workflowId));
    }
    workflowId = request.workflowId;
    for (const line of formatRequest(output, output.masker.maskValue(request))) output.line(`  ${line}`);
  }
}

/**
 * In what is written from a value that has anything to hide, that is not always found: a field is hidden whole, and text and
 * lengths are left out, since the value is shown.
 */
function hideWritten(masker: Masker, request: PreviewedRequest): PreviewedRequest {
  if (request.kind === 'refused-request') return request;
  const { text, binary, fields, ...rest } = request;
  const { body } = masker.maskValue(rest);
  if (body === rest.body) return request;
  if (fields === undefined) return rest;
  const [given, masked] = [rest.body, body].map((value) => new Map(Object.entries(Object(value))));
  const shown = fields.map((field) =>
    given?.get(field.member) === masked?.get(field.member) ? field : { ...field, value: maskedText },
  );
  return { ...rest, fields: shown };
}

function formatRequest(output: Output, request: PreviewedRequest): readonly string[] {
  if (request.kind === 'refused-request') {
    return [`${output.style('red', '✗')} ${request.stepId}`, `    ${output.style('red', request.message)}`];
  }
  const { stepId, method, url, headers, credentials = [] } = request;
  return [
    `${stepId.padEnd(26)} ${method.padEnd(6)} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `    ${output.style('dim', `${name}: ${value}`)}`),
    ...(credentials.length === 0 ? [] : [`    ${output.style('dim', `with credentials: ${credentials.join(', ')}`)}`]),
    ...formatBody(request).map((line) => `    ${line}`),
    ...formatReplacements(request).map((line) => `    ${output.style('dim', line)}`),
  ];
}

type PlannedRequest = Extract<PreviewedRequest, { kind: 'planned-request' }>;

function formatBody({ headers, body, fields, text, binary }: PlannedRequest): readonly string[] {
  if (body === undefined) return [];
  if (fields !== undefined) return formatForm(headers['content-type'] ?? '', fields);
  if (binary !== undefined) return [`(${binary.bytes} bytes, decoded from ${articled[binary.decodedFrom]})`];
  const shown = text ?? (typeof body === 'string' ? body : JSON.stringify(body, undefined, 2));
  return shown.split('\n');
}

const articled: Readonly<Record<NonNullable<PlannedRequest['binary']>['decodedFrom'], string>> = {
  base64: 'base64',
  'data URL': 'a data: URL',
};

/** What is put into the body once it is known where. */
function formatReplacements({ replacements = [] }: PlannedRequest): readonly string[] {
  return replacements.map(({ target, value }) => `with ${JSON.stringify(value)} at ${target}`);
}

/** As it is sent: in one line, or with the boundary around each part. */
function formatForm(contentType: string, fields: NonNullable<PlannedRequest['fields']>): readonly string[] {
  const texts = fields.map(({ head, value }) => `${head}${value}`);
  const boundary = /;\s*boundary="?([^;"]+)/i.exec(contentType)?.[1];
  if (boundary === undefined) return texts.length === 0 ? [] : [texts.join('&')];
  return [...texts.flatMap((text) => [`--${boundary}`, ...text.split(/\r?\n/)]), `--${boundary}--`];
}
