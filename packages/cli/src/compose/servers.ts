import { type ArazzoDocument, describeSources, isAwsHost, type SourceSummary } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { dialectBaseUrl } from '../dialect.ts';
import { exitCode } from '../exit-code.ts';
import { recogniseApiGateway } from './aws/recognise-api-gateway.ts';

export interface ServerOptions {
  /** The base URL of a Gatewright that takes the place of every API Gateway V2 source. */
  readonly gateway?: string;
  /** Texts of the form `source=url`. They win over `gateway`. */
  readonly server: readonly string[];
  /** Texts of the form `name=value`, or `source.name=value`. */
  readonly serverVar?: readonly string[];
  /** Nothing is sent, so that every source may be anywhere. */
  readonly mock?: boolean;
}

/** Where requests to mocks seem to go: a name that stands for this machine (RFC 6761 §6.3). */
const mockServer = 'http://mock.localhost';

/** The base URL to use for each source that is redirected, by the source's name. */
export async function chooseServers(
  document: ArazzoDocument,
  options: ServerOptions,
): Promise<Readonly<Record<string, string>>> {
  if (options.gateway === undefined && options.server.length === 0 && !options.mock) return {};
  const sources = await describeSources(document);
  const mocks = options.mock ? sources.map(({ name }) => [name, mockServer] as const) : [];
  return {
    ...Object.fromEntries(mocks),
    ...(await serversOfGateway(sources, options.gateway)),
    ...readServers(sources, options.server),
  };
}

/**
 * The values given for the variables of servers. The plan knows which there are.
 *
 * @throws CommandError when a text is not `name=value`.
 */
export function readServerVariables(options: ServerOptions): Readonly<Record<string, string>> {
  const entries = (options.serverVar ?? []).map((text) => {
    const at = text.indexOf('=');
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)] as const;
    throw new CommandError(exitCode.badInput, `--server-var "${text}" must have the form NAME=VALUE.`);
  });
  return Object.fromEntries(entries);
}

/** @throws CommandError when requests would go to AWS and neither `--aws` nor `--server` asked for that. */
export function refuseAws(
  targets: readonly string[],
  asked: { readonly aws: boolean; readonly servers: Readonly<Record<string, string>> },
): void {
  const named = new Set(Object.values(asked.servers).map((url) => new URL(url).href));
  const target = targets.find((url) => isAwsHost(url) && !named.has(new URL(url).href));
  if (target === undefined || asked.aws) return;
  throw new CommandError(
    exitCode.badInput,
    `This run would call AWS at ${target}. Give --gateway URL to run it against a Gatewright, --server SOURCE=URL for ` +
      'another server, or --aws to call AWS itself. Nothing was sent.',
  );
}

/** @throws CommandError when the run has nothing to do with AWS, so that `--aws` would be without effect. */
export async function refusePointlessAws(document: ArazzoDocument, targets: readonly string[]): Promise<void> {
  if (targets.some(isAwsHost)) return;
  const sources = await describeSources(document);
  const isSigned = sources.some(({ securitySchemes }) =>
    [...securitySchemes.values()].some(({ kind }) => kind === 'sigv4'),
  );
  if (isSigned || (await Promise.all(sources.map(recogniseApiGateway))).some((dialect) => dialect !== undefined))
    return;
  throw new CommandError(
    exitCode.badInput,
    `--aws is for API Gateway V2 and other services of AWS, and this run would call none: ${targets.join(', ')}. ` +
      'Leave it out. Nothing was sent.',
  );
}

async function serversOfGateway(
  sources: readonly SourceSummary[],
  gateway: string | undefined,
): Promise<Record<string, string>> {
  if (gateway === undefined) return {};
  checkUrl('--gateway', gateway);
  const servers: Record<string, string> = {};
  for (const source of sources) {
    const dialect = await recogniseApiGateway(source);
    if (dialect !== undefined) servers[source.name] = dialectBaseUrl(gateway, dialect);
  }
  // A source that cannot be read has no description; the plan says what is wrong with it.
  if (Object.keys(servers).length > 0 || sources.some(({ description }) => description === undefined)) return servers;
  throw new CommandError(
    exitCode.badInput,
    `No source of the document describes API Gateway V2, so nothing would call the gateway at ` +
      `${gateway}; its sources are ${quoteNames(sources)}. Use "run" with --server SOURCE=URL for other APIs.`,
  );
}

function readServers(sources: readonly SourceSummary[], texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      const name = text.slice(0, Math.max(at, 0));
      const url = text.slice(at + 1);
      if (at < 1) {
        throw new CommandError(exitCode.badInput, `--server "${text}" must have the form SOURCE=URL.`);
      }
      if (!sources.some((source) => source.name === name)) {
        throw new CommandError(
          exitCode.badInput,
          `--server "${text}": the document has no source "${name}"; its sources are ${quoteNames(sources)}.`,
        );
      }
      checkUrl('--server', url);
      return [name, url.replace(/\/+$/, '')];
    }),
  );
}

/** Of the URL only origin and path are of use; what else it has would be left out without a word. */
function checkUrl(flag: string, url: string): void {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new CommandError(exitCode.badInput, `${flag} "${url}" is not an http: or https: URL.`);
  }
  const { origin, pathname, username, password, search, hash } = new URL(url);
  const shown = `${flag} "${origin}${pathname}"`;
  if (username !== '' || password !== '') {
    const message = `${shown} is given with a user or password, which URLs of servers cannot have: give them with --credential.`;
    throw new CommandError(exitCode.badInput, message);
  }
  if (search !== '' || hash !== '') {
    const message = `${shown} is given with "${search}${hash}", and the URL of a server without query and fragment was expected.`;
    throw new CommandError(exitCode.badInput, message);
  }
}

function quoteNames(sources: readonly SourceSummary[]): string {
  return sources.map(({ name }) => `"${name}"`).join(', ');
}
