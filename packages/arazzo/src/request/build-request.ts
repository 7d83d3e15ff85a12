import { quote } from '../document/json.ts';
import { evaluateTemplate } from '../expression/evaluate.ts';
import type { Exchange, Scope } from '../expression/scope.ts';
import type { QueryResult } from '../query/query.ts';
import { encodeText } from './encode-text.ts';
import { evaluatePayload } from './evaluate-payload.ts';
import { contentOf, mediaTypeOf } from './media-type.ts';
import { checkHeader, placeParameters } from './place-parameters.ts';
import { Refusal, type RefusalReason } from './refusal.ts';
import type { BodyTemplate, RequestTemplate } from './request-template.ts';
import { serializeBody } from './serialize-body.ts';

export interface BuiltRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** What expressions read of the request. */
  readonly exchange: Exchange;
}

export type BuildResult =
  | { readonly kind: 'built'; readonly request: BuiltRequest }
  /** `target` is that of the replacement that finds no place, when it is one. */
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly target?: QueryResult };

/** Makes the request of a step from the values at hand, or says why it cannot be sent. */
export function buildRequest(call: RequestTemplate, scope: Scope): BuildResult {
  try {
    return { kind: 'built', request: build(call, scope) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', reason: error.reason, ...(error.target && { target: error.target }) };
  }
}

function build(call: RequestTemplate, scope: Scope): BuiltRequest {
  const { method } = call.operation;
  const placed = placeParameters(call, scope);
  const headers = new Map([['accept', '*/*'], ...placed.headers]);
  // Some descriptions tell operations apart by a query in their paths.
  const mark = placed.path.includes('?') ? '&' : '?';
  const url = `${call.baseUrl}${placed.path}${placed.search === '' ? '' : `${mark}${placed.search}`}`;
  const body = call.body && buildBody(call, call.body, scope, headers);
  checkLength(headers.get('content-length'), body?.bytes);
  const request = { headers, query: placed.queryValues, path: placed.pathValues, body: body?.value };
  const exchange: Exchange = { url, method, request };
  return { method, url, headers: Object.fromEntries(headers), ...(body && { body: body.bytes }), exchange };
}

/**
 * What follows a body that is longer than it says would be read as another request.
 *
 * @throws Refusal when a length is given that is not the body's.
 */
export function checkLength(given: string | undefined, bytes: string | Uint8Array = ''): void {
  if (given === undefined) return;
  const length = Buffer.byteLength(bytes);
  if (given === String(length)) return;
  const message = `The header "Content-Length" has the value ${quote(given)}, and the body has ${length} bytes; leave the header out.`;
  throw new Refusal('request-invalid', message);
}

/**
 * Writes a body and sets its content type among the headers, unless they have one. `undefined` when there is no value to
 * send and the operation can go without.
 *
 * @throws Refusal when the body cannot be written, or the operation requires one and there is none.
 */
export function buildBody(
  call: Pick<RequestTemplate, 'operation'>,
  body: BodyTemplate,
  scope: Scope,
  headers: Map<string, string>,
): { readonly bytes: string | Uint8Array; readonly value: unknown } | undefined {
  const mediaType = mediaTypeOf(body, call.operation);
  const payload = body.payload && evaluatePayload(body.payload, scope, mediaType);
  const replacements = body.replacements.flatMap((replacement) => {
    const value = evaluateTemplate(replacement.template, scope);
    return value === undefined ? [] : { value, ...replacement };
  });
  if (payload === undefined && replacements.length === 0) {
    if (call.operation.body?.required === true) {
      throw new Refusal(
        'value-absent',
        'The payload of the request has no value, because an expression in it has none.',
      );
    }
    return undefined;
  }
  const content = contentOf(call.operation, mediaType);
  const given = headers.get('content-type') ?? body.contentType ?? mediaType;
  const result = serializeBody(payload, body.payload, replacements, mediaType, content, given);
  // The boundary of a multipart body is known only once it is written.
  headers.set('content-type', checkHeader('content-type', result.contentType ?? given));
  if (typeof result.bytes !== 'string') return result;
  return { ...result, bytes: encodeText(result.bytes, headers.get('content-type') ?? '') };
}
