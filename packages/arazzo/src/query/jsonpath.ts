import { createRequire } from 'node:module';
import { JSON_LEVELS, quote } from '../document/json.ts';
import { replaceAt } from './json-pointer.ts';
import { type Query, QueryError, type QueryResult } from './query.ts';
import { withinTimeLimit } from './time-limit.ts';

type Library = typeof import('json-p3');
type Environment = InstanceType<Library['JSONPathEnvironment']>;
type Path = ReturnType<Environment['compile']>;
type Json = Parameters<Path['query']>[0];

const require = createRequire(import.meta.url);
const GOESSNER = 'draft-goessner-dispatch-jsonpath-00';

/**
 * Compiles a JSONPath query by RFC 9535, or by Goessner's draft as far as RFC 9535 has it too, and `[(@.length-n)]`. As a
 * condition it passes when it finds anything, and never on `null` (Arazzo 1.1.0 §JSONPath Conditions). A singular query
 * (RFC 9535 §2.3.5.1) selects its value, any other the list of all it finds, so that the type never depends on the data.
 */
export function compileJsonPath(text: string, version: string): QueryResult {
  try {
    const path = withinTimeLimit(() => environment().compile(version === GOESSNER ? replaceLengthScripts(text) : text));
    return { kind: 'compiled', query: queryOf(path) };
  } catch (error) {
    return refuse(text, version, error);
  }
}

let loaded: Environment | undefined;

/** Loaded when first wanted: most documents have no query. */
function environment(): Environment {
  if (loaded === undefined) {
    const { JSONPathEnvironment }: Library = require('json-p3');
    // Of its own accord it descends 50 levels. A payload may hold an answer some levels down.
    loaded = new JSONPathEnvironment({ maxRecursionDepth: 2 * JSON_LEVELS });
  }
  return loaded;
}

function queryOf(path: Path): Query {
  const place = placeOf(path);
  const find = (context: unknown) => withinTimeLimit(() => path.query((context ?? null) as Json).nodes);
  return {
    test: (context) => (context ?? null) !== null && withinTimeLimit(() => path.match(context as Json) !== undefined),
    select: (context) => {
      const values = find(context).map((node) => node.value);
      return path.singularQuery() ? values[0] : values;
    },
    replace: (payload, value) => {
      const nodes = find(payload);
      if (nodes.length === 0) throw new QueryError(`it finds nothing in the payload ${quote(payload)}`);
      return nodes.reduce<unknown>(
        (copy, { location }) => replaceAt(copy, location.map(String), value),
        structuredClone(payload),
      );
    },
    ...(place && { place }),
  };
}

/** The place that a singular query names by names and counts from the beginning. */
function placeOf(path: Path): readonly string[] | undefined {
  if (!path.singularQuery()) return undefined;
  const { NameSelector, IndexSelector } = (require('json-p3') as Library).jsonpath.selectors;
  const selectors = path.segments.flatMap((segment) => segment.selectors);
  const tokens = selectors.flatMap((selector) => {
    if (selector instanceof NameSelector) return selector.name;
    return selector instanceof IndexSelector && selector.index >= 0 ? String(selector.index) : [];
  });
  return tokens.length === selectors.length ? tokens : undefined;
}

/** A script that counts from the end is what RFC 9535 writes as a negative index. Quoted text is left alone. */
function replaceLengthScripts(text: string): string {
  const script = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\[\s*\(\s*@\.length\s*-\s*(\d+)\s*\)\s*\]/g;
  return text.replaceAll(script, (whole, count?: string) => (count === undefined ? whole : `[-${count}]`));
}

function refuse(text: string, version: string, error: unknown): QueryResult {
  if (version === GOESSNER) {
    const message = `${quote(text)} is no JSONPath that is carried out: of ${GOESSNER} that is what RFC 9535 has too, and "[(@.length-n)]".`;
    return { kind: 'unsupported', message };
  }
  const reason = error instanceof Error ? `: ${error.message}` : '';
  // In a filter, where a comparison would be wanted.
  const hint = /[^=!<>]=[^=~]/.test(text) ? ' "=" is no operator of JSONPath; "==" compares.' : '';
  return { kind: 'invalid', message: `${quote(text)} is no JSONPath (RFC 9535)${reason}.${hint}` };
}
