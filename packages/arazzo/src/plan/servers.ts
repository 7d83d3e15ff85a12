import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from '../check/analysis.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { quote, quoteAll } from '../document/json.ts';
import type { Operation } from '../document/openapi/operation.ts';
import { normalizeServerUrl, resolveServer } from '../document/openapi/server.ts';
import { fileDiagnostic, locateFinding } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';

export interface Overrides {
  /** Base URLs by the name of the source. */
  readonly servers: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the base URLs that replace those of the sources. */
export function readOverrides(document: ArazzoDocument, given: Readonly<Record<string, string>>): Overrides {
  const servers = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const known = document.sources.map((source) => source.name);
  for (const [name, text] of Object.entries(given)) {
    const url = normalizeServerUrl(text);
    if (!known.includes(name)) {
      const message = `A server is given for the source "${name}"; the sources are ${quoteAll(known)}.${suggest(name, known)}`;
      diagnostics.push(fileDiagnostic('unknown-source', message, document.url));
    } else if (url === undefined) {
      const message = `The server of the source "${name}" is ${quote(text)}; an http or https URL was expected.`;
      diagnostics.push(fileDiagnostic('invalid-server', message, document.url));
    } else {
      servers.set(name, url);
    }
  }
  return { servers, diagnostics };
}

/** The base URL that requests of an operation go to. */
export function serverOf(operation: Operation, overrides: ReadonlyMap<string, string>): string | undefined {
  return overrides.get(operation.sourceName) ?? resolveServer(operation.server);
}

/** Every operation has a server; one away from this machine that wants credentials will not get them yet. */
export function judgeServers(
  analysis: Analysis,
  workflows: readonly AnalyzedWorkflow[],
  overrides: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const unsigned = new Set<string>();
  return workflows.flatMap(({ steps }) =>
    steps.flatMap((step): readonly Diagnostic[] => {
      if (step.target.kind !== 'operation') return [];
      const { operation } = step.target;
      const url = serverOf(operation, overrides);
      const { file } = analysis.document;
      const pointer = step.step.pointer;
      if (url === undefined) {
        const message = `The source "${operation.sourceName}" names no absolute http or https server for the step "${step.step.stepId}"; give one for this run.`;
        return [locateFinding(file, { code: 'missing-server', severity: 'error', message, pointer })];
      }
      if (!wantsCredentials(step) || isLoopback(url) || unsigned.has(operation.sourceName)) return [];
      unsigned.add(operation.sourceName);
      const message = `The source "${operation.sourceName}" asks for ${quoteAll(operation.security[0]?.map(({ name }) => name) ?? [])}: credentials are not supported yet, so requests to "${url}" go without them.`;
      return [locateFinding(file, { code: 'security-not-applied', severity: 'warning', message, pointer })];
    }),
  );
}

/** A step that sets an Authorization header or a cookie itself brings its credentials. */
function wantsCredentials(step: AnalyzedStep): boolean {
  if (step.target.kind !== 'operation') return false;
  const { security } = step.target.operation;
  // An empty alternative makes security optional (OpenAPI 3.1 §Security Requirement Object).
  if (security.length === 0 || security.some((alternative) => alternative.length === 0)) return false;
  return !step.parameters.some(
    (parameter) =>
      parameter.in === 'cookie' || (parameter.in === 'header' && parameter.name.toLowerCase() === 'authorization'),
  );
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}
