import type { Analysis } from '../check/analysis.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { quote, quoteAll } from '../document/json.ts';
import { readRootServer, type Server, variablesOf } from '../document/openapi/server.ts';
import { fileDiagnostic } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';

/** Values for the variables of servers, by `name` or `source.name`. */
export interface ServerVariables {
  readonly values: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads values for the variables of servers: each must be one that a source has, and of those it lists. */
export function readServerVariables(analysis: Analysis, given: Readonly<Record<string, string>>): ServerVariables {
  const servers = Object.keys(given).length === 0 ? [] : listServers(analysis);
  const diagnostics: Diagnostic[] = [];
  for (const [key, value] of Object.entries(given)) {
    const concerned = servers.flatMap(({ sourceName, server }) => {
      const variable = variablesOf(server).get(nameIn(key, sourceName));
      return variable === undefined ? [] : [variable];
    });
    if (concerned.length === 0) {
      const known = new Set(servers.flatMap(({ server }) => [...variablesOf(server).keys()]));
      const message = `A value is given for the server variable "${key}"; the variables of the sources' servers are ${quoteAll(known)}.${suggest(key, known)}`;
      diagnostics.push(fileDiagnostic('invalid-server', message, analysis.document.url));
    }
    const unfit = concerned.find(({ allowed }) => allowed !== undefined && !allowed.includes(value));
    if (unfit !== undefined) {
      const message = `The server variable "${key}" is ${quote(value)}; one of ${(unfit.allowed ?? []).map(quote).join(', ')} was expected.`;
      diagnostics.push(fileDiagnostic('invalid-server', message, analysis.document.url));
    }
  }
  return { values: new Map(Object.entries(given)), diagnostics };
}

/** The value given for a variable of a source's server. One for that source wins over one for all. */
export function variableValue(
  values: ReadonlyMap<string, string>,
  sourceName: string,
  name: string,
): string | undefined {
  return values.get(`${sourceName}.${name}`) ?? values.get(name);
}

function nameIn(key: string, sourceName: string): string {
  return key.startsWith(`${sourceName}.`) ? key.slice(sourceName.length + 1) : key;
}

/** The servers of the sources, and of the operations that steps call. */
function listServers({ sources, workflows }: Analysis): readonly { sourceName: string; server: Server }[] {
  const ofSources = sources.flatMap(({ name, openapi }) =>
    openapi === undefined ? [] : { sourceName: name, server: readRootServer(openapi.description) },
  );
  const ofSteps = workflows.flatMap(({ steps }) =>
    steps.flatMap(({ target }) =>
      target.kind === 'operation' ? { sourceName: target.operation.sourceName, server: target.operation.server } : [],
    ),
  );
  return [...ofSources, ...ofSteps];
}
