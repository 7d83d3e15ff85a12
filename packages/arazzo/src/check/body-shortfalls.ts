import { itemOf, type Schema } from '../document/openapi/schema.ts';
import { childPointer, parsePointer } from '../document/pointer.ts';
import type { Template } from '../expression/template.ts';
import type { AnalyzedBody } from './analysis.ts';
import { type InputKnowledge, judgeValue, missingInputs, type Shortfall, skippedStep } from './shortfall.ts';

/** A value of a payload and where it is. */
interface Part {
  readonly template: Template;
  readonly schema: Schema;
  /** As in `address.street`; empty for the payload itself. */
  readonly path: string;
  /** Of the value in the document. */
  readonly pointer: string;
  /** Of the value in the payload. */
  readonly target: string;
}

interface Judging {
  readonly knowledge: InputKnowledge;
  /** The places of the payload that replacements decide. */
  readonly replaced: ReadonlySet<string>;
}

/**
 * Judges the members of a payload, at every depth that the document writes out: required members are given and values are
 * among those listed. What comes whole from an expression is known only when it is sent, and so are branches of `oneOf` and
 * `anyOf`.
 */
export function judgeBody(schema: Schema, body: AnalyzedBody, knowledge: InputKnowledge): readonly Shortfall[] {
  const targets = body.replacements.map((replacement) => replacement.target);
  // What another kind of target than a JSON Pointer decides is not looked up here.
  const isJudged = targets.every((target) => target !== '' && parsePointer(target) !== undefined);
  if (body.payload === undefined || !isJudged) return [];
  const pointer = childPointer(body.pointer, 'payload');
  const judging = { knowledge, replaced: new Set(targets) };
  return judgeInside({ template: body.payload, schema, path: '', pointer, target: '' }, judging);
}

function judgeInside(part: Part, judging: Judging): readonly Shortfall[] {
  switch (part.template.kind) {
    case 'object':
      return judgeObject(part, part.template.members, judging);
    case 'list':
      return judgeList(part, part.template.items, judging);
    default:
      return [];
  }
}

function judgeObject(
  part: Part,
  entries: readonly (readonly [string, Template])[],
  judging: Judging,
): readonly Shortfall[] {
  const members = new Map(entries);
  return [...new Set([...part.schema.required, ...members.keys()])]
    .filter((member) => !judging.replaced.has(childPointer(part.target, member)))
    .flatMap((member) => judgeMember(part, member, members.get(member), judging));
}

function judgeMember(
  { schema, path, pointer, target }: Part,
  member: string,
  template: Template | undefined,
  judging: Judging,
): readonly Shortfall[] {
  const property = schema.properties.get(member);
  const required = schema.required.has(member) && property?.readOnly !== true;
  const name = path === '' ? member : `${path}.${member}`;
  const demand = { subject: 'body-member', name } as const;
  if (template === undefined) return required ? [{ ...demand, kind: 'absent', inputs: [], pointer }] : [];
  const at = childPointer(pointer, member);
  const inputs = required ? missingInputs(template, judging.knowledge) : [];
  const allowed = property?.allowed;
  if (inputs.length > 0) return [{ ...demand, kind: 'absent', inputs, pointer: at, ...(allowed && { allowed }) }];
  const skipped = required ? skippedStep(template, judging.knowledge) : undefined;
  if (skipped !== undefined) return [{ ...demand, kind: 'absent', inputs, skipped, pointer: at }];
  if (property === undefined) return [];
  const part = { template, schema: property, path: name, pointer: at, target: childPointer(target, member) };
  return [...judgeValue(demand, template, allowed, judging.knowledge, at), ...judgeInside(part, judging)];
}

function judgeList(
  { schema: list, path, pointer, target }: Part,
  items: readonly Template[],
  judging: Judging,
): readonly Shortfall[] {
  return items.flatMap((template, index) => {
    const schema = itemOf(list, index);
    const place = childPointer(target, index);
    if (schema === undefined || judging.replaced.has(place)) return [];
    const part = { template, schema, path: `${path}[${index}]`, pointer: childPointer(pointer, index), target: place };
    const demand = { subject: 'body-member', name: part.path } as const;
    const ofItem = judgeValue(demand, template, schema.allowed, judging.knowledge, part.pointer);
    return [...ofItem, ...judgeInside(part, judging)];
  });
}
