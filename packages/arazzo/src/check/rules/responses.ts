import type { Diagnostic } from '../../diagnostic.ts';
import { leavesBodyOpen, type ResponseDescription } from '../../document/openapi/responses.ts';
import type { Finding } from '../../document/source-file.ts';
import { suggest } from '../../document/suggest.ts';
import type { MessageSource } from '../../expression/expression.ts';
import type { Occurrence } from '../../expression/template.ts';
import type { Analysis, AnalyzedStep } from '../analysis.ts';
import { findMember, type MemberLookup } from '../find-member.ts';
import { eachStep } from '../rule.ts';

/**
 * Every JSON Pointer into a response leads to something that the API describes. It is an error when no described response
 * can have it, a warning when none tells of it; a response that is not described in JSON leaves everything possible.
 */
export function responses(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step) => step.occurrences.flatMap((occurrence) => judge(step, occurrence)));
}

function judge({ step, target }: AnalyzedStep, { expression, text, pointer }: Occurrence): readonly Finding[] {
  if (target.kind !== 'operation' || expression.kind !== 'message' || expression.message !== 'response') return [];
  const tokens = readTokens(expression.source);
  const lookups = tokens.length === 0 ? [] : lookUpOnce(target.responses, tokens);
  const [first] = lookups;
  if (first === undefined || lookups.some(({ presence }) => presence === 'possible')) return [];
  const { method, path } = target.operation;
  const hint = suggest(tokens.at(-1) ?? '', new Set(lookups.flatMap(({ known }) => known)));
  const surely =
    lookups.every(({ presence }) => presence === 'impossible') &&
    target.responses.every(({ body }) => body.kind === 'described');
  const what = surely
    ? `which no response that the API describes for ${method} ${path} can have`
    : `which the API does not describe in any response to ${method} ${path}`;
  const message = `The step "${step.stepId}" reads "${text}", ${what}.${hint}`;
  return [{ code: 'unknown-response-member', severity: surely ? 'error' : 'warning', message, pointer }];
}

/** The way into the body, by a pointer or leniently by a property path, where `length` of a list is no member. */
function readTokens(source: MessageSource): readonly string[] {
  if (source.kind !== 'body') return [];
  const { pointer = [], path = [] } = source;
  return path.includes('length') ? [] : [...pointer, ...path];
}

const lookedUp = new WeakMap<readonly ResponseDescription[], Map<string, readonly MemberLookup[]>>();

/** Many steps may read the same of one operation. */
function lookUpOnce(described: readonly ResponseDescription[], tokens: readonly string[]): readonly MemberLookup[] {
  const known = lookedUp.get(described) ?? new Map<string, readonly MemberLookup[]>();
  lookedUp.set(described, known);
  const key = JSON.stringify(tokens);
  const lookups = known.get(key) ?? lookUp(described, tokens);
  known.set(key, lookups);
  return lookups;
}

/** What the described responses say; nothing as soon as one of them is not described that may well have a body. */
function lookUp(described: readonly ResponseDescription[], tokens: readonly string[]): readonly MemberLookup[] {
  const lookups: MemberLookup[] = [];
  for (const response of described) {
    const { body } = response;
    if (leavesBodyOpen(response)) return [];
    if (body.kind === 'described') lookups.push(...body.schemas.map((schema) => findMember(schema, tokens)));
  }
  return lookups;
}
