import type { ArazzoDocument } from './arazzo-document.ts';
import { isRecord, quote, stringMember } from './json.ts';
import { Members } from './members.ts';
import { readComponents, readSourceDescription, readWorkflow } from './read-workflow.ts';
import { type Finding, locateFinding, type SourceFile } from './source-file.ts';
import { isUriReference } from './uri-reference.ts';

/** What is known of a document before it is read. */
export type Origin = Pick<ArazzoDocument, 'library' | 'path' | 'linked' | 'schemaFiles' | 'fallbackBase'>;

/** Why the file is no Arazzo document of a version we know (Arazzo 1.0.1 §Versions: the patch is ignored). */
export function refuseRoot(file: SourceFile): Finding | undefined {
  const root = file.value;
  if (!isRecord(root) || !Object.hasOwn(root, 'arazzo')) {
    const found = isRecord(root) ? describeRoot(root) : `The file holds ${quote(root)}`;
    const message = `${found}; an Arazzo document, an object with the field "arazzo", was expected.`;
    return { code: 'not-arazzo', severity: 'error', message, pointer: '' };
  }
  const version = root.arazzo;
  if (typeof version === 'string' && /^1\.[01]\.\d+(?:-.+)?$/.test(version)) return undefined;
  const message = `The Arazzo version is ${quote(version)}; the text 1.0.x or 1.1.x was expected.`;
  return { code: 'unsupported-version', severity: 'error', message, pointer: '/arazzo' };
}

function describeRoot(root: Readonly<Record<string, unknown>>): string {
  const other = ['openapi', 'swagger', 'asyncapi'].find((name) => Object.hasOwn(root, name));
  return other === undefined
    ? 'The file has no field "arazzo"'
    : `The file has the field "${other}" and no field "arazzo"`;
}

/** Reads the root of an Arazzo document; what does not fit the specification is collected in its `structure`. */
export function readDocument(file: SourceFile, origin: Origin): ArazzoDocument {
  const findings: Finding[] = [];
  const shape = {
    subject: 'document',
    known: ['arazzo', '$self', 'info', 'sourceDescriptions', 'workflows', 'components'],
  };
  const members = Members.read(file.value, '', shape, findings);
  const self = members?.string('$self');
  const base = resolveSelf(file, self, findings);
  const document = {
    ...origin,
    url: file.url,
    ...(self !== undefined && { self: base }),
    base,
    file,
    version: String(members?.value('arazzo')),
    title: readInfo(members, findings),
    sources:
      members?.list('sourceDescriptions', (item, at) => readSourceDescription(item, at, findings), 'required') ?? [],
    workflows: members?.list('workflows', (item, at) => readWorkflow(item, at, findings), 'required') ?? [],
    components: readComponents(members?.value('components'), '/components', findings),
  };
  return { ...document, structure: findings.map((finding) => locateFinding(file, finding)) };
}

function readInfo(members: Members | undefined, findings: Finding[]): string {
  const value = members?.value('info', 'required');
  if (value === undefined) return '';
  const shape = { subject: 'info', known: ['title', 'summary', 'description', 'version'] };
  const info = Members.read(value, '/info', shape, findings);
  info?.string('version', 'required');
  return info?.string('title', 'required') ?? '';
}

/** What a document calls itself, absolute; its place when it does not, or not with a URL. */
export function readSelf(file: SourceFile): string {
  return resolveSelf(file, stringMember(file.value, '$self'), []);
}

/**
 * The base for relative URLs is `$self`, itself resolved against the place of the file. It is a URI reference without a
 * fragment (Arazzo 1.1.0 `$self`); as an empty one it says nothing that the place does not.
 */
function resolveSelf(file: SourceFile, self: string | undefined, findings: Finding[]): string {
  if (self === undefined) return file.url;
  const pointer = '/$self';
  if (self === '') {
    const message = 'The "$self" of the document is empty, which only says where the document is; leave it out.';
    findings.push({ code: 'invalid-value', severity: 'warning', message, pointer });
  }
  if (isUriReference(self) && !self.includes('#') && URL.canParse(self, file.url)) return new URL(self, file.url).href;
  const message = `The "$self" of the document is ${quote(self)}; a URI reference (RFC 3986 §4.1) without a fragment was expected.`;
  findings.push({ code: 'invalid-value', severity: 'error', message, pointer });
  return file.url;
}
