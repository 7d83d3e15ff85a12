import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import type { Operation } from '../../document/openapi/operation.ts';
import { rootNameOf, type Schema } from '../../document/openapi/schema.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Template } from '../../expression/template.ts';
import { type BodyFormat, contentOf, formatOf, isOfType, mediaTypeOf } from '../../request/media-type.ts';
import { readMediaTypeParameters } from '../../request/media-type-parameters.ts';
import { isBoundary } from '../../request/multipart/frame-parts.ts';
import type { Analysis, AnalyzedBody, AnalyzedReplacement, AnalyzedStep } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/** Every request body is wanted, has a form that is carried out, and is changed only at places it can have. */
export function bodies(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, judgeBodyOf);
}

/** What is wrong with the body of a step, or with there being none. */
export function judgeBodyOf({ step, target, body }: AnalyzedStep): readonly Finding[] {
  if (target.kind === 'workflow' && body !== undefined) {
    const message = `The step "${step.stepId}" calls a workflow, which takes parameters and no request body.`;
    return [{ code: 'invalid-value', severity: 'error', message, pointer: body.pointer }];
  }
  if (target.kind !== 'operation') return [];
  if (body !== undefined) return judgeBody(step.stepId, body, target.operation);
  if (target.operation.body?.required !== true) return [];
  const message = `The step "${step.stepId}" has no "requestBody", which the API requires.`;
  return [{ code: 'missing-body', severity: 'error', message, pointer: step.pointer }];
}

function judgeBody(stepId: string, body: AnalyzedBody, operation: Operation): readonly Finding[] {
  const mediaType = mediaTypeOf(body, operation);
  const format = formatOf(mediaType);
  const at = childPointer(body.pointer, body.contentType === undefined ? 'payload' : 'contentType');
  const findings: Finding[] = [];
  const unfit = whyUnfit(body, format, contentOf(operation, mediaType)?.schema);
  if (unfit !== undefined) {
    const message = `The payload of the step "${stepId}" cannot be written as ${quote(mediaType)}: ${unfit}.`;
    findings.push({ code: 'invalid-value', severity: 'error', message, pointer: at });
  }
  if (operation.body === undefined) {
    const { method, path } = operation;
    const message = `The step "${stepId}" sends a body, and the API describes none for ${method} ${path}.`;
    findings.push({ code: 'invalid-value', severity: 'warning', message, pointer: body.pointer });
  }
  const boundary = format === 'multipart' ? readMediaTypeParameters(body.contentType ?? '').get('boundary') : undefined;
  if (boundary !== undefined && !isBoundary(boundary)) {
    const message = `The body of the step "${stepId}" has the boundary ${quote(boundary)}, which is none; 1 to 70 letters, digits and "'()+_,-./:=?" were expected (RFC 2046 §5.1.1).`;
    findings.push({ code: 'invalid-value', severity: 'warning', message, pointer: at });
  }
  const accepted = operation.body?.contents.map((content) => content.mediaType) ?? [];
  if (body.contentType !== undefined && accepted.length > 0 && !accepted.some((type) => isOfType(type, mediaType))) {
    const message = `The step "${stepId}" sends ${quote(mediaType)}; the API describes ${accepted.map(quote).join(', ')}.`;
    findings.push({ code: 'invalid-value', severity: 'warning', message, pointer: at });
  }
  return [...findings, ...body.replacements.flatMap((replacement) => judgeReplacement(replacement, body, format))];
}

/** How a payload cannot be written for a media type. */
const unfitKinds: ReadonlyMap<BodyFormat, readonly Template['kind'][]> = new Map([
  ['text', ['object', 'list']],
  ['binary', ['object', 'list']],
  ['form', ['list']],
]);

/** Why a payload, as it is written in the document, has no form in a media type, if so. */
function whyUnfit(body: AnalyzedBody, format: BodyFormat, schema: Schema | undefined): string | undefined {
  const { payload, contentType = '' } = body;
  if (payload === undefined) return undefined;
  if (unfitKinds.get(format)?.includes(payload.kind)) {
    return format === 'text' || format === 'binary' ? 'text was expected' : 'an object was expected';
  }
  const isText = payload.kind === 'text' || payload.kind === 'literal';
  if (format === 'multipart' && isText && !readMediaTypeParameters(contentType).has('boundary')) {
    return 'text was expected to have its boundary in "contentType"';
  }
  return format === 'xml' && lacksRoot(payload, schema) ? 'the schema gives no name for the root element' : undefined;
}

function lacksRoot(payload: Template, schema: Schema | undefined): boolean {
  if (rootNameOf(schema) !== undefined) return false;
  return payload.kind === 'list' || (payload.kind === 'object' && payload.members.length !== 1);
}

function judgeReplacement(
  replacement: AnalyzedReplacement,
  body: AnalyzedBody,
  format: BodyFormat,
): readonly Finding[] {
  const { query, pointer } = replacement;
  const at = childPointer(pointer, 'target');
  if (query.kind !== 'compiled') {
    const code = query.kind === 'invalid' ? 'invalid-selector' : 'not-supported';
    const isJsonPath = replacement.language === 'jsonpointer' && replacement.target.startsWith('$');
    const hint = isJsonPath ? ' A JSONPath needs "targetSelectorType: jsonpath" beside it.' : '';
    return [{ code, severity: 'error', message: `${query.message}${hint}`, pointer: at }];
  }
  const unfit = whyUnfitTarget(replacement, body, format);
  if (unfit === undefined) return [];
  const message = `The replacement target ${quote(replacement.target)} is of the type "${replacement.language}": ${unfit}.`;
  return [{ code: 'invalid-selector', severity: 'error', message, pointer: at }];
}

/** Why a target of its language has no places in a body of a format, if so. */
function whyUnfitTarget(
  { language }: AnalyzedReplacement,
  { payload }: AnalyzedBody,
  format: BodyFormat,
): string | undefined {
  if (format === 'text' || format === 'binary') return 'the payload is neither JSON, a form nor XML';
  if (language === 'xpath') return format === 'xml' ? undefined : 'the payload is no XML';
  if (payload?.kind !== 'text' && typeof literalOf(payload) !== 'string') return undefined;
  if (format === 'xml') return 'the payload is XML text, where "xpath" finds places';
  return format === 'form' ? 'the payload is a form written as text; an object of its fields has places' : undefined;
}

function literalOf(template: Template | undefined): unknown {
  return template?.kind === 'literal' ? template.value : undefined;
}
