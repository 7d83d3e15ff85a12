import type { Diagnostic } from '../../diagnostic.ts';
import type { ArazzoDocument } from '../../document/arazzo-document.ts';
import { isRecord, type JsonRecord, memberOf, quote, stringMember } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis } from '../analysis.ts';
import { report } from '../rule.ts';

/** The objects of a document that Arazzo 1.1.0 adds to, and those that they are in. */
type Kind =
  | 'document'
  | 'source'
  | 'workflow'
  | 'step'
  | 'action'
  | 'request-body'
  | 'replacement'
  | 'parameter'
  | 'components';

interface Addition {
  readonly field: string;
  /** The value of the field that is new, when the field itself is not. */
  readonly value?: string;
  readonly section: string;
}

const stepFields = ['timeout', 'dependsOn', 'channelPath', 'action', 'correlationId'];

/** What Arazzo 1.1.0 adds to objects that 1.0 has: fields, or values of fields. */
const additions: Readonly<Partial<Record<Kind, readonly Addition[]>>> = {
  document: [{ field: '$self', section: 'Arazzo Specification Object' }],
  source: [{ field: 'type', value: 'asyncapi', section: 'Source Description Object' }],
  step: stepFields.map((field) => ({ field, section: 'Step Object' })),
  action: [{ field: 'parameters', section: 'Success Action Object' }],
  replacement: [{ field: 'targetSelectorType', section: 'Payload Replacement Object' }],
  parameter: [{ field: 'in', value: 'querystring', section: 'Parameter Object' }],
};

interface Part {
  readonly field: string;
  readonly form: 'many' | 'one';
  readonly kind: Kind;
}

const many = (field: string, kind: Kind): Part => ({ field, form: 'many', kind });
const one = (field: string, kind: Kind): Part => ({ field, form: 'one', kind });

/** The fields in which other objects are: a list, a map or one object. */
const parts: Readonly<Partial<Record<Kind, readonly Part[]>>> = {
  document: [many('sourceDescriptions', 'source'), many('workflows', 'workflow'), one('components', 'components')],
  workflow: [
    many('steps', 'step'),
    many('parameters', 'parameter'),
    many('successActions', 'action'),
    many('failureActions', 'action'),
  ],
  step: [
    many('parameters', 'parameter'),
    one('requestBody', 'request-body'),
    many('onSuccess', 'action'),
    many('onFailure', 'action'),
  ],
  'request-body': [many('replacements', 'replacement')],
  action: [many('parameters', 'parameter')],
  components: [many('parameters', 'parameter'), many('successActions', 'action'), many('failureActions', 'action')],
};

/** A document has what the version it names has. More than that is read as the later version has it, with a warning. */
export function laterVersions(analysis: Analysis): readonly Diagnostic[] {
  return analysis.documents
    .filter(({ version }) => version.startsWith('1.0.'))
    .flatMap((document) => {
      const findings: Finding[] = [];
      visit('document', document.file.value, '', (kind, object, pointer) => {
        judge(document, kind, object, pointer, findings);
      });
      return findings.map((finding) => report(document, finding));
    });
}

type Visit = (kind: Kind, object: JsonRecord, pointer: string) => void;

/** Visits an object as it is written, and those in it. A Reusable Object has nothing of its own but a value. */
function visit(kind: Kind, object: unknown, pointer: string, see: Visit): void {
  if (!isRecord(object) || stringMember(object, 'reference') !== undefined) return;
  see(kind, object, pointer);
  parts[kind]?.forEach((part) => {
    const value = memberOf(object, part.field);
    if (value === undefined) return;
    const at = childPointer(pointer, part.field);
    if (part.form === 'one') visit(part.kind, value, at, see);
    else visitAll(part.kind, value, at, see);
  });
}

function visitAll(kind: Kind, list: unknown, pointer: string, see: Visit): void {
  if (typeof list !== 'object' || list === null) return;
  for (const name of Object.keys(list)) visit(kind, (list as JsonRecord)[name], childPointer(pointer, name), see);
}

function judge(document: ArazzoDocument, kind: Kind, object: JsonRecord, pointer: string, findings: Finding[]): void {
  additions[kind]?.forEach(({ field, value, section }) => {
    const found = memberOf(object, field);
    if (found === undefined || (value !== undefined && found !== value)) return;
    const what = value === undefined ? `"${field}"` : `the "${field}" ${quote(value)}`;
    const about = value === undefined ? 'key' : 'value';
    findings.push(describe(document, what, section, childPointer(pointer, field), about));
  });
  if (kind === 'step' || kind === 'workflow') judgeOutputs(document, object, pointer, findings);
}

function judgeOutputs(document: ArazzoDocument, object: JsonRecord, pointer: string, findings: Finding[]): void {
  const outputs = memberOf(object, 'outputs');
  if (!isRecord(outputs)) return;
  for (const name of Object.keys(outputs).filter((key) => isRecord(outputs[key]))) {
    const at = childPointer(`${pointer}/outputs`, name);
    findings.push(describe(document, 'a Selector Object', 'Selector Object', at, 'key'));
  }
}

function describe(
  { version }: ArazzoDocument,
  what: string,
  section: string,
  pointer: string,
  about: 'key' | 'value',
): Finding {
  const message = `The document says "arazzo: ${version}" and has ${what}, which is of Arazzo 1.1.0 §${section}; it is read as 1.1 has it.`;
  return { code: 'later-version', severity: 'warning', message, pointer, about };
}
