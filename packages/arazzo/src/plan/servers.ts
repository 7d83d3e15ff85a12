import type { Analysis, AnalyzedWorkflow } from '../check/analysis.ts';
import type { Diagnostic } from '../diagnostic.ts';
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
export function readOverrides({ document, sources }: Analysis, given: Readonly<Record<string, string>>): Overrides {
  const servers = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const known = sources.map((source) => source.name);
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

/** Every operation has a server. */
export function judgeServers(
  workflows: readonly AnalyzedWorkflow[],
  overrides: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  return workflows.flatMap(({ document, steps }) =>
    steps.flatMap(({ step, target }): readonly Diagnostic[] => {
      if (target.kind !== 'operation' || serverOf(target.operation, overrides) !== undefined) return [];
      const message = `The source "${target.operation.sourceName}" names no absolute http or https server for the step "${step.stepId}"; give one for this run.`;
      const finding = { code: 'missing-server', severity: 'error', message, pointer: step.pointer } as const;
      return [locateFinding(document.file, finding)];
    }),
  );
}
