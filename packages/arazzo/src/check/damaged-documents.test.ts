import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../diagnostic.ts';
import { isRecord } from '../document/json.ts';
import { loadDocument } from '../document/load.ts';
import { parseTree } from '../document/parse-tree.ts';
import { plan } from '../plan/make-plan.ts';
import { memoryReader, petsApi } from '../testing/documents.ts';
import { check } from './check.ts';
import { fixDocument } from './fix-document.ts';

const url = new URL('file:///documents/test.yaml');

/** A document with something of everything. */
const whole = `arazzo: 1.1.0
$self: https://flows.test/main.yaml
info: { title: Test, version: '1' }
sourceDescriptions:
  - { name: pets, url: pets.yaml }
  - { name: other, url: other.yaml, type: arazzo }
workflows:
  - workflowId: w
    inputs:
      type: object
      allOf: [{ $ref: '#/components/inputs/id' }, { properties: { kind: { enum: [cat, dog], default: cat } } }]
    dependsOn: [$sourceDescriptions.other.v]
    parameters: [{ name: X-Tenant, in: header, value: t }]
    successActions: [{ name: stop, type: end, criteria: [{ condition: $statusCode == 204 }] }]
    failureActions: [{ reference: $components.failureActions.again }]
    steps:
      - stepId: list
        operationId: $sourceDescriptions.pets.listPets
        parameters: [&limit { name: limit, in: query, value: $inputs.id }]
        successCriteria:
          - condition: $statusCode == 200 && !($response.body[0].id == null)
          - { context: $response.body, condition: '$[?@.id > 1]', type: jsonpath }
          - { context: $response.body, condition: '^\\[', type: regex }
        onSuccess: [{ name: skip, type: goto, stepId: last, criteria: [{ condition: $response.header.X == 'y' }] }]
        outputs: { pets: $response.body, first: $response.body#/0/id }
      - stepId: create
        operationPath: '{$sourceDescriptions.pets.url}#/paths/~1pets/post'
        dependsOn: [list]
        requestBody:
          contentType: application/json
          payload: { name: 'pet-{$steps.list.outputs.first}', kind: $inputs.kind }
          replacements: [{ target: /name, value: $inputs.id }]
        onFailure: [{ name: retry, type: retry, retryAfter: 0.5, retryLimit: 3, stepId: list }]
      - stepId: last
        workflowId: $sourceDescriptions.other.v
        parameters: [{ name: id, value: $steps.list.outputs.pets }]
        outputs: { o: $outputs.o }
    outputs: { o: $steps.last.outputs.o, p: $steps.list.outputs.pets }
components:
  inputs: { id: { required: [id], properties: { id: { type: string } } } }
  parameters: { page: { name: page, in: query, value: 1 } }
  failureActions: { again: { name: again, type: retry } }
`;

const files = {
  'pets.yaml': petsApi,
  'other.yaml': `arazzo: 1.0.1\ninfo: { title: Other, version: '1' }\nsourceDescriptions: [{ name: pets, url: pets.yaml }]\nworkflows: [{ workflowId: v, steps: [{ stepId: a, operationId: listPets, parameters: [{ name: X-Tenant, in: header, value: t }] }], outputs: { o: $steps.a.outputs.none } }]\n`,
};

/** Everything that reads a document before a run, none of which may reject. */
async function judge(text: string): Promise<readonly Diagnostic[]> {
  const reader = memoryReader({ ...files, 'test.yaml': text });
  const result = await loadDocument(url, reader);
  if (result.kind === 'refused') return result.diagnostics;
  const diagnostics = await check(result.document);
  await plan(result.document, { inputs: { id: 'x' } });
  await plan(result.document, { workflowIds: ['w'], servers: { pets: 'http://x.test' } });
  return diagnostics;
}

/** Every finding is about a place that exists. */
function expectSound(text: string, diagnostics: readonly Diagnostic[]): void {
  const lines = text.split('\n');
  for (const { url: file, message, start, end } of diagnostics) {
    expect(message).toMatch(/[.?]$/);
    if (file !== url.href || start === undefined || end === undefined) continue;
    expect(start.line).toBeLessThanOrEqual(lines.length);
    expect(start.column).toBeLessThanOrEqual((lines[start.line - 1]?.length ?? 0) + 1);
    expect(
      [start.line, start.column] <= [end.line, end.column] || end.line > start.line || end.column >= start.column,
    ).toBe(true);
  }
}

/** Values that documents must not stumble over. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      -1,
      '',
      '$',
      '$inputs.',
      '$steps.list.outputs.pets',
      '{$response.body#/a}',
      '$sourceDescriptions.other.v',
    ],
    ...['__proto__', 'constructor', '{$', '#/components/inputs/id', '$components.parameters.page', '[', '\u0000'],
    ...[{ $ref: '#' }, { $ref: '#/workflows/0/inputs' }, { reference: '$components.parameters.page' }, [[[]]]],
  ),
);

/** The document as plain values, with one of them replaced, taken away, or given another name. */
function damage(value: unknown, path: readonly number[], by: unknown, kind: 'replace' | 'remove' | 'rename'): unknown {
  const [first = 0, ...rest] = path;
  if (path.length === 0 || typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value);
  if (entries.length === 0) return by;
  const at = first % entries.length;
  const changed = entries.flatMap(([name, member], index): readonly (readonly [string, unknown])[] => {
    if (index !== at) return [[name, member]];
    if (rest.length > 0) return [[name, damage(member, rest, by, kind)]];
    if (kind === 'remove') return [];
    return kind === 'rename' ? [[typeof by === 'string' ? by : '__proto__', member]] : [[name, by]];
  });
  return Array.isArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
}

const runs = { numRuns: 100 };

describe('damaged documents', { timeout: 60_000 }, () => {
  it('are read without a crash: the whole one has no error', async () => {
    const diagnostics = await judge(whole);
    expect(diagnostics.filter(({ severity, url: file }) => severity === 'error' && file === url.href)).toEqual([]);
  });

  it('are judged whatever stands where in them', async () => {
    const tree = await parseTree(whole);
    const root = tree.kind === 'parsed' ? tree.value : {};
    expect(isRecord(root)).toBe(true);
    const path = fc.array(fc.nat(30), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(path, odd, fc.constantFrom('replace', 'remove', 'rename'), async (where, by, kind) => {
        const text = JSON.stringify(damage(root, where, by, kind), undefined, 1);
        expectSound(text, await judge(text));
      }),
      runs,
    );
  });

  it('are judged however their text is cut and joined', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ':',
        '- ',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '&a ',
        '*a',
        '| ',
        '\n',
        '  ',
        '\t',
        '!!int ',
        '<<: ',
        '? ',
        '%',
        '#',
        '\u0000',
        '\ud800',
      ),
      fc.string(),
    );
    const cut = fc.tuple(fc.nat(whole.length), fc.nat(40), piece);
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 4 }), async (cuts) => {
        const text = cuts.reduce(
          (left, [at, length, insert]) => left.slice(0, at) + insert + left.slice(at + length),
          whole,
        );
        expectSound(text, await judge(text));
      }),
      runs,
    );
  });

  it('are judged when they are but pieces of YAML in any order', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...['arazzo', 'info', 'workflows', 'steps', 'stepId', 'sourceDescriptions', 'components', '$ref', 'x-a'],
        ...[
          ': ',
          ':',
          '- ',
          '? ',
          ', ',
          '[',
          ']',
          '{',
          '}',
          '&a ',
          '*a',
          '<<: *a',
          '!!map ',
          '!!binary ',
          '!',
          '| ',
          '>-',
        ],
        ...[
          '\n',
          '\n  ',
          '\n    ',
          '\r\n',
          '\t',
          '"',
          "'",
          '#',
          '---',
          '...',
          '%YAML 1.1',
          '1.0.1',
          '~',
          '.inf',
          '0o7',
        ],
        ...['\ufeff', '\u2028', '\u0085', '\ud800', '\u0000', '\u{1f600}'],
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (rest, isHeaded) => {
        const whole = isHeaded ? `arazzo: 1.1.0\n${rest}` : rest;
        const found = await judge(whole);
        expectSound(whole, found);
        // Nothing of this kind is a whole document.
        expect(found.some(({ severity }) => severity === 'error')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are corrected without harm: what is corrected has no more errors than before', async () => {
    const faults = fc.array(
      fc.tuple(
        fc.constantFrom('==', '{$steps', "'y'", '{$sourceDescriptions', '#/0/id'),
        fc.constantFrom('=', '$steps', '"y"', '[0].id', 'pets'),
      ),
      { maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(faults, async (replacements) => {
        const text = replacements.reduce((left, [from, to]) => left.replace(from, () => to), whole);
        const before = await judge(text);
        const reader = memoryReader(files);
        const { text: corrected, diagnostics } = await fixDocument(url, new TextEncoder().encode(text), reader);
        const errors = (found: readonly Diagnostic[]) => found.filter(({ severity }) => severity === 'error').length;
        expect(errors(diagnostics)).toBeLessThanOrEqual(errors(before));
        expect(corrected.split('\n').length).toBe(text.split('\n').length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('parseTree', { timeout: 60_000 }, () => {
  it('reads any text into a tree or says why not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const result = await parseTree(text);
        if (result.kind === 'refused')
          for (const { start, end } of result.problems) expect(start).toBeLessThanOrEqual(end);
      }),
      { numRuns: 500 },
    );
  });

  it('reads any JSON as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
        const text = JSON.stringify(value);
        const result = await parseTree(text);
        expect(result.kind === 'parsed' && JSON.stringify(result.value)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
