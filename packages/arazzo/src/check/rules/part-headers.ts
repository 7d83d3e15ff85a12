import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import type { BodyContent, Encoding } from '../../document/openapi/operation.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Template } from '../../expression/template.ts';
import { contentOf, formatOf, mediaTypeOf } from '../../request/media-type.ts';
import type { Analysis, AnalyzedStep } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/**
 * The parts that a payload writes out have every header that the API requires of them. A step can give none, so the
 * description must fix their values.
 */
export function partHeaders(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, judgeBody);
}

function judgeBody({ step, target, body }: AnalyzedStep): readonly Finding[] {
  if (target.kind !== 'operation' || body?.payload === undefined) return [];
  const mediaType = mediaTypeOf(body, target.operation);
  const content = contentOf(target.operation, mediaType);
  if (formatOf(mediaType) !== 'multipart' || content === undefined) return [];
  const isForm = mediaType === 'multipart/form-data';
  return listParts(body.payload, content).flatMap(({ key, encoding, isNamed }) =>
    openHeaders(encoding, isForm || isNamed).map((name) => {
      const message = `The API requires the header ${quote(name)} of the part ${quote(key)} in the body of the step "${step.stepId}" and leaves its value open, which a step cannot give; the part is sent without it.`;
      const pointer = childPointer(childPointer(body.pointer, 'payload'), key);
      return { code: 'not-supported', severity: 'warning', message, pointer };
    }),
  );
}

interface DescribedPart {
  /** The name of the member, or the index of the item. */
  readonly key: string;
  readonly encoding: Encoding | undefined;
  readonly isNamed: boolean;
}

function listParts(payload: Template, content: BodyContent): readonly DescribedPart[] {
  if (payload.kind === 'object') {
    return payload.members.map(([key]) => ({ key, encoding: content.encoding.get(key), isNamed: true }));
  }
  if (payload.kind !== 'list') return [];
  const { prefixEncoding = [], itemEncoding } = content;
  return payload.items.map((_, index) => ({
    key: String(index),
    encoding: prefixEncoding[index] ?? itemEncoding,
    isNamed: false,
  }));
}

/** The required headers without a value; what names a part is written with it. */
function openHeaders(encoding: Encoding | undefined, isNamed: boolean): readonly string[] {
  return (encoding?.headers ?? [])
    .filter(({ name, required, fixed }) => {
      return required && fixed === undefined && !(isNamed && name.toLowerCase() === 'content-disposition');
    })
    .map(({ name }) => name);
}
