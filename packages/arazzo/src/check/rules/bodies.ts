import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import type { Operation } from '../../document/openapi/operation.ts';
import { childPointer, parsePointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis, AnalyzedBody, AnalyzedReplacement } from '../analysis.ts';
import { bareMediaType, formatOf, mediaTypeOf } from '../media-type.ts';
import { eachStep } from '../rule.ts';

/** Every request body is wanted, has a form that is carried out, and is changed only at places it can have. */
export function bodies(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, ({ step, target, body }) => {
    if (target.kind === 'workflow' && body !== undefined) {
      const message = `The step "${step.stepId}" calls a workflow, which takes parameters and no request body.`;
      return [{ code: 'invalid-value', severity: 'error', message, pointer: body.pointer }];
    }
    if (target.kind !== 'operation') return [];
    if (body !== undefined) return judgeBody(step.stepId, body, target.operation);
    if (target.operation.body?.required !== true) return [];
    const message = `The step "${step.stepId}" has no "requestBody", which the API requires.`;
    return [{ code: 'missing-body', severity: 'error', message, pointer: step.pointer }];
  });
}

function judgeBody(stepId: string, body: AnalyzedBody, operation: Operation): readonly Finding[] {
  const mediaType = mediaTypeOf(body, operation);
  const format = formatOf(mediaType);
  const at = childPointer(body.pointer, body.contentType === undefined ? 'payload' : 'contentType');
  const findings: Finding[] = [];
  if (format === 'unsupported') {
    const message = `The body of the step "${stepId}" is ${quote(mediaType)}: multipart bodies are not supported yet.`;
    findings.push({ code: 'not-supported', severity: 'error', message, pointer: at });
  }
  if (format === 'text' && (body.payload?.kind === 'object' || body.payload?.kind === 'list')) {
    const message = `The payload of the step "${stepId}" is not text: for ${quote(mediaType)} only text is supported yet.`;
    findings.push({ code: 'not-supported', severity: 'error', message, pointer: at });
  }
  const accepted = operation.body?.contents.map((content) => content.mediaType) ?? [];
  if (body.contentType !== undefined && accepted.length > 0 && !accepted.some((type) => accepts(type, mediaType))) {
    const message = `The step "${stepId}" sends ${quote(mediaType)}; the API describes ${accepted.map(quote).join(', ')}.`;
    findings.push({ code: 'invalid-value', severity: 'warning', message, pointer: at });
  }
  return [...findings, ...body.replacements.flatMap((replacement) => judgeReplacement(replacement, format === 'text'))];
}

function accepts(described: string, mediaType: string): boolean {
  const range = bareMediaType(described);
  return range === '*/*' || range === mediaType || (range.endsWith('/*') && mediaType.startsWith(range.slice(0, -1)));
}

function judgeReplacement({ target, pointer }: AnalyzedReplacement, isText: boolean): readonly Finding[] {
  const at = childPointer(pointer, 'target');
  if (parsePointer(target) !== undefined && !isText) return [];
  const message = `The replacement target ${quote(target)}: only JSON Pointers into JSON and form payloads are supported yet.`;
  return [{ code: 'not-supported', severity: 'error', message, pointer: at }];
}
