import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readJson } from './json-value.ts';
import { compileTemplate, renderTemplate } from './template.ts';
import type { Value } from './value.ts';

/** What Apache Velocity 1.7 answered; made by `scripts/update-velocity-corpus.mjs`. */
const corpus = new URL('velocity-corpus.jsonl', import.meta.url);

interface Case {
  readonly rule: string;
  readonly template: string;
  readonly text?: string;
  /** Whether Velocity refused the template when it parsed or when it rendered it. */
  readonly error?: 'invalid' | 'failed';
}

const [contextLine = '', ...lines] = readFileSync(corpus, 'utf8').trimEnd().split('\n');
const cases = lines.map((line) => JSON.parse(line) as Case);
const context = contextLine.slice('{"context":'.length, -1);

/** Read anew each time, since templates change lists and maps. */
function variables(): ReadonlyMap<string, Value> {
  const values = readJson(context);
  if (values === undefined || values === null || typeof values !== 'object' || values.kind !== 'map') throw new Error();
  return new Map([...values.entries.values()].map(({ key, value }) => [String(key), value]));
}

function render(template: string): Pick<Case, 'text' | 'error'> {
  const compiled = compileTemplate(template);
  if (compiled.kind === 'invalid') return { error: 'invalid' };
  const rendered = renderTemplate(compiled.template, variables());
  return rendered.kind === 'rendered' ? { text: rendered.text } : { error: 'failed' };
}

describe.each([...new Set(cases.map(({ rule }) => rule))])('as Apache Velocity 1.7: %s', (rule) => {
  const answered = cases.filter((entry) => entry.rule === rule && entry.text !== undefined);
  it.each(answered.map(({ template, text }) => [template, text]))('%j', (template, text) => {
    expect(render(template)).toEqual({ text });
  });

  const refused = cases.filter((entry) => entry.rule === rule && entry.error !== undefined);
  it.runIf(refused.length > 0).each(refused.map(({ template, error }) => [template, error]))(
    '%j is an error',
    (template, error) => {
      // What can be known ahead is known ahead: Velocity finds some of it only when it renders, or within #evaluate.
      const expected = error === 'failed' ? ['invalid', 'failed'] : ['invalid', /#evaluate/.test(template) && 'failed'];
      expect(expected).toContain(render(template).error);
    },
  );
});
