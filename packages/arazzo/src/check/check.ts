import type { Diagnostic, DiagnosticCode } from '../diagnostic.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import type { Analysis } from './analysis.ts';
import { analyze } from './analyze.ts';
import type { Rule } from './rule.ts';
import { bodies } from './rules/bodies.ts';
import { callInputs } from './rules/call-inputs.ts';
import { calls } from './rules/calls.ts';
import { changedNumbers } from './rules/changed-numbers.ts';
import { channels } from './rules/channels.ts';
import { components } from './rules/components.ts';
import { controlFlow } from './rules/control-flow.ts';
import { criteria } from './rules/criteria.ts';
import { endings } from './rules/endings.ts';
import { idioms } from './rules/idioms.ts';
import { impossibleCriteria } from './rules/impossible-criteria.ts';
import { inputSchemas } from './rules/input-schemas.ts';
import { laterVersions } from './rules/later-versions.ts';
import { lostExpressions } from './rules/lost-expressions.ts';
import { operations } from './rules/operations.ts';
import { outputs } from './rules/outputs.ts';
import { parameters } from './rules/parameters.ts';
import { partHeaders } from './rules/part-headers.ts';
import { references } from './rules/references.ts';
import { requests } from './rules/requests.ts';
import { requirements } from './rules/requirements.ts';
import { responses } from './rules/responses.ts';
import { selectors } from './rules/selectors.ts';
import { sentValues } from './rules/sent-values.ts';
import { sources } from './rules/sources.ts';
import { stepDependencies } from './rules/step-dependencies.ts';
import { structure } from './rules/structure.ts';
import { types } from './rules/types.ts';
import { uniqueIds } from './rules/unique-ids.ts';
import { workflows } from './rules/workflows.ts';

/** Every rule, in alphabetical order; findings are sorted by place, so the order shows nowhere. */
const rules: readonly Rule[] = [
  bodies,
  callInputs,
  calls,
  changedNumbers,
  channels,
  components,
  controlFlow,
  criteria,
  endings,
  idioms,
  impossibleCriteria,
  inputSchemas,
  laterVersions,
  lostExpressions,
  operations,
  outputs,
  parameters,
  partHeaders,
  references,
  requests,
  requirements,
  responses,
  selectors,
  sentValues,
  sources,
  stepDependencies,
  structure,
  types,
  uniqueIds,
  workflows,
];

/** Lenient readings; in strict mode they are errors. */
export const lenientCodes: ReadonlySet<DiagnosticCode> = new Set([
  'bare-source-name',
  'early-message-expression',
  'invalid-condition',
  'invalid-schema',
  'later-version',
  'missing-braces',
  'operation-id-in-path',
  'property-path',
  'source-elsewhere',
  'unknown-member',
  'unprefixed-operation',
  'workflows-in-reference',
]);

export interface CheckOptions {
  /** Refuse what is written against the specification but understood all the same; off by default. */
  readonly strict?: boolean;
}

/** Judges a document and everything it refers to. Returns all findings, by file and line; never rejects. */
export async function check(document: ArazzoDocument, options: CheckOptions = {}): Promise<readonly Diagnostic[]> {
  return checkAnalysis(await analyze(document), options);
}

/** Judges a document that is analyzed already. */
export async function checkAnalysis(analysis: Analysis, options: CheckOptions): Promise<readonly Diagnostic[]> {
  const findings = new Map<string, Diagnostic>();
  const found = await Promise.all(rules.map((rule) => rule(analysis)));
  for (const diagnostic of found.flat()) {
    const { code, url, pointer, message } = diagnostic;
    // What several steps share, such as a parameter of the workflow, is one finding, and as severe as for any of them.
    const key = JSON.stringify([code, url, pointer, message]);
    if (findings.get(key)?.severity === 'error') continue;
    findings.set(key, options.strict ? makeStrict(diagnostic) : diagnostic);
  }
  const own = analysis.document.url;
  return [...findings.values()].sort((left, right) => {
    if (left.url !== right.url) return rank(left, own) - rank(right, own) || (left.url < right.url ? -1 : 1);
    return (left.start?.line ?? 0) - (right.start?.line ?? 0) || (left.start?.column ?? 0) - (right.start?.column ?? 0);
  });
}

function rank(diagnostic: Diagnostic, own: string): number {
  return diagnostic.url === own ? 0 : 1;
}

function makeStrict(diagnostic: Diagnostic): Diagnostic {
  return lenientCodes.has(diagnostic.code) ? { ...diagnostic, severity: 'error' } : diagnostic;
}
