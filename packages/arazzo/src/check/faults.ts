import { quote } from '../document/json.ts';
import type { Operation } from '../document/openapi/operation.ts';
import { childPointer } from '../document/pointer.ts';
import type { Finding } from '../document/source-file.ts';
import { evaluateTemplate, toText } from '../expression/evaluate.ts';
import { whyNoXml } from '../query/xml.ts';
import { buildBody, checkLength } from '../request/build-request.ts';
import { encodeText } from '../request/encode-text.ts';
import { evaluatePayload } from '../request/evaluate-payload.ts';
import { formatOf, mediaTypeOf } from '../request/media-type.ts';
import { checkHeader, tryParameter } from '../request/place-parameters.ts';
import { Refusal } from '../request/refusal.ts';
import type { AnalyzedBody, AnalyzedParameter, AnalyzedStep } from './analysis.ts';
import { type Foresight, isKnown } from './foresight.ts';
import { judgeJsonText } from './json-text.ts';
import { judgeBodyOf } from './rules/bodies.ts';
import { placesOf, sketchPayload, whyNoPlace } from './why-no-place.ts';

/**
 * What surely goes wrong when a step makes its request, found by making it, as far as its values are known ahead: what a
 * request cannot carry, a payload that is not what its content type says, and replacements without a place.
 */
export function findFaults(step: AnalyzedStep, foresight: Foresight): readonly Finding[] {
  if (step.target.kind !== 'operation') return [];
  const { operation } = step.target;
  const ofParameters = step.parameters.flatMap((parameter) => judgeParameter(parameter, operation, foresight));
  return step.body === undefined
    ? ofParameters
    : [...ofParameters, ...judgeBody(step, step.body, operation, foresight)];
}

function judgeParameter(parameter: AnalyzedParameter, operation: Operation, foresight: Foresight): readonly Finding[] {
  if (parameter.in === 'path' && !operation.path.includes(`{${parameter.name}}`)) return [];
  if (!isKnown(foresight, parameter.template)) return [];
  return refused(childPointer(parameter.pointer, 'value'), 'invalid-parameter', () =>
    tryParameter({ operation }, parameter, foresight.scope),
  );
}

function refused(pointer: string, code: 'invalid-parameter' | 'invalid-body', attempt: () => void): readonly Finding[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [{ code, severity: 'error', message: error.reason.message, pointer }];
  }
}

function judgeBody(
  step: AnalyzedStep,
  body: AnalyzedBody,
  operation: Operation,
  foresight: Foresight,
): readonly Finding[] {
  // A body that has no form in its media type, which a rule tells of, cannot be made.
  if (judgeBodyOf(step).some(({ severity }) => severity === 'error')) return [];
  const isWhole = body.payload === undefined || isKnown(foresight, body.payload);
  return isWhole ? judgeKnown(step, body, operation, foresight) : judgePartly(step, body, operation, foresight);
}

/** Makes the body of a payload that is known, up to the first replacement whose value is not. */
function judgeKnown(
  step: AnalyzedStep,
  body: AnalyzedBody,
  operation: Operation,
  foresight: Foresight,
): readonly Finding[] {
  const pointer = childPointer(body.pointer, 'payload');
  const noXml = judgeXml(step, body, operation, foresight);
  if (noXml !== undefined) return [{ code: 'invalid-body', severity: 'error', message: noXml, pointer }];
  const unknown = body.replacements.findIndex(({ template }) => !isKnown(foresight, template));
  const known = body.replacements.slice(0, unknown === -1 ? undefined : unknown + 1).map((replacement, index) => {
    // Whether there is a place does not depend on what comes there.
    return index === unknown ? { ...replacement, template: { kind: 'literal', value: '' } as const } : replacement;
  });
  try {
    const made = buildBody({ operation }, { ...body, replacements: known }, foresight.scope, headersOf(step));
    return unknown === -1 ? judgeLength(step, made?.bytes, foresight) : [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const replacement = body.replacements.find(({ query }) => query === error.target);
    const { code, message } = error.reason;
    if (replacement !== undefined) return [describePlace(replacement.pointer, message)];
    if (unknown !== -1) return [];
    return [{ code: code === 'value-absent' ? 'missing-body' : 'invalid-body', severity: 'error', message, pointer }];
  }
}

function judgeLength(
  { parameters }: AnalyzedStep,
  bytes: string | Uint8Array | undefined,
  foresight: Foresight,
): readonly Finding[] {
  return parameters.flatMap((parameter) => {
    if (parameter.in !== 'header' || parameter.name.toLowerCase() !== 'content-length') return [];
    const { template } = parameter;
    const value = isKnown(foresight, template) ? evaluateTemplate(template, foresight.scope) : undefined;
    if (value === undefined) return [];
    const pointer = childPointer(parameter.pointer, 'value');
    return refused(pointer, 'invalid-parameter', () => checkLength(toText(value), bytes));
  });
}

/** A content type given as a parameter wins, and what it says is not known here. */
function headersOf({ parameters }: AnalyzedStep): Map<string, string> {
  const isGiven = parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'content-type');
  return new Map(isGiven ? [['content-type', '']] : []);
}

function judgeXml(
  { step }: AnalyzedStep,
  body: AnalyzedBody,
  operation: Operation,
  { scope }: Foresight,
): string | undefined {
  const mediaType = mediaTypeOf(body, operation);
  if (formatOf(mediaType) !== 'xml' || body.payload === undefined) return undefined;
  const value = evaluatePayload(body.payload, scope, mediaType);
  const reason = typeof value === 'string' ? whyNoXml(value) : undefined;
  return (
    reason &&
    `The payload ${quote(value)} of the step "${step.stepId}" is no XML, which its content type says: ${reason}.`
  );
}

/** Judges what no value that is still to come can change. */
function judgePartly(
  step: AnalyzedStep,
  body: AnalyzedBody,
  operation: Operation,
  foresight: Foresight,
): readonly Finding[] {
  const { payload, contentType } = body;
  const format = formatOf(mediaTypeOf(body, operation));
  const headers = headersOf(step);
  const findings = refused(childPointer(body.pointer, 'contentType'), 'invalid-body', () => {
    if (contentType !== undefined && !headers.has('content-type'))
      encodeText('', checkHeader('content-type', contentType));
  });
  if (payload === undefined) return findings;
  const pointer = childPointer(body.pointer, 'payload');
  if (payload.kind === 'text' && format === 'json') {
    return [
      ...findings,
      ...refused(pointer, 'invalid-body', () => judgeJsonText(payload, foresight, mediaTypeOf(body, operation))),
    ];
  }
  const places = placesOf(body.replacements);
  if (places === undefined) return findings;
  const sketched = sketchPayload(payload);
  const missing = body.replacements.flatMap(({ target, pointer: at }, index) => {
    const reason = whyNoPlace(sketched, places[index] ?? [], places.slice(0, index));
    return reason === undefined ? [] : [describePlace(at, `The replacement of ${quote(target)} fails: ${reason}.`)];
  });
  return [...findings, ...missing];
}

function describePlace(pointer: string, message: string): Finding {
  return { code: 'unknown-target', severity: 'error', message, pointer: childPointer(pointer, 'target') };
}
