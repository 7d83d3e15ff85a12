import type { Analysis, AnalyzedWorkflow } from '../check/analysis.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { quote, quoteAll } from '../document/json.ts';
import type { Operation } from '../document/openapi/operation.ts';
import { fillVariables, normalizeServerUrl, resolveServer, variablesOf } from '../document/openapi/server.ts';
import { fileDiagnostic, locateFinding } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';
import { readServerVariables, variableValue } from './server-variables.ts';

export interface ServerOptions {
  /** Base URLs that replace those of the sources, by the name of the source. */
  readonly servers?: Readonly<Record<string, string>>;
  /**
   * Values for the variables of the sources' servers, by the name of the variable, or by `source.name` where two sources
   * have a variable of the same name. Those without a value have their default.
   */
  readonly serverVariables?: Readonly<Record<string, string>>;
}

/** What a run replaces of the sources' servers. */
export interface Overrides {
  /** Base URLs by the name of the source. */
  readonly servers: ReadonlyMap<string, string>;
  /** Values of server variables, by `name` or `source.name`. */
  readonly variables: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the base URLs that replace those of the sources, and the values of their servers' variables. */
export function readOverrides(analysis: Analysis, options: ServerOptions): Overrides {
  const { document, sources } = analysis;
  const { values, diagnostics: ofVariables } = readServerVariables(analysis, options.serverVariables ?? {});
  const servers = new Map<string, string>();
  const diagnostics: Diagnostic[] = [...ofVariables];
  const known = sources.map((source) => source.name);
  for (const [name, text] of Object.entries(options.servers ?? {})) {
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
  return { servers, variables: values, diagnostics };
}

/** The base URL that requests of an operation go to. */
export function serverOf(operation: Operation, { servers, variables }: Overrides): string | undefined {
  const { sourceName, server } = operation;
  return servers.get(sourceName) ?? resolveServer(server, (name) => variableValue(variables, sourceName, name));
}

/** What `serverOf` says of an operation in a run. */
export type BaseUrlOf = (operation: Operation) => string | undefined;

/** Every operation has a server. */
export function judgeServers(
  workflows: readonly AnalyzedWorkflow[],
  overrides: Overrides,
  baseUrlOf: BaseUrlOf,
): readonly Diagnostic[] {
  return workflows.flatMap(({ document, steps }) =>
    steps.flatMap(({ step, target }): readonly Diagnostic[] => {
      if (target.kind !== 'operation' || baseUrlOf(target.operation) !== undefined) return [];
      const { sourceName, server } = target.operation;
      const { url } = server;
      const open = [...variablesOf(server)].filter(
        ([name, variable]) =>
          variable.default === undefined && variableValue(overrides.variables, sourceName, name) === undefined,
      );
      const advice =
        open.length === 0
          ? `it has ${quote(fillVariables(server, (name) => variableValue(overrides.variables, sourceName, name)))}; give one for this run`
          : `give the server variable ${quoteAll(open.map(([name]) => name))} of ${quote(url)}, or a server, for this run`;
      const message = `The source "${sourceName}" names no absolute http or https server for the step "${step.stepId}"; ${advice}.`;
      const finding = { code: 'missing-server', severity: 'error', message, pointer: step.pointer } as const;
      return [locateFinding(document.file, finding)];
    }),
  );
}
