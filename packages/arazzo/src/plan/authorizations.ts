import type { Analysis, AnalyzedStep, AnalyzedWorkflow } from '../check/analysis.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { quote, quoteAll } from '../document/json.ts';
import type { Operation } from '../document/openapi/operation.ts';
import { listSecuritySchemes, type SecurityAlternative, type SecurityDemand } from '../document/openapi/security.ts';
import { resolveServer } from '../document/openapi/server.ts';
import { fileDiagnostic, locateFinding } from '../document/source-file.ts';
import { suggest } from '../document/suggest.ts';
import type { Authorization, Credential } from '../security/authorizer.ts';
import { isAwsHost } from '../security/aws-host.ts';
import { createAuthorizer, expectedCredential, inOrder } from '../security/create-authorizer.ts';

export interface CredentialOptions {
  /** By the name of the security scheme, or `source.scheme` where several sources have a scheme of that name. */
  readonly credentials?: Readonly<Record<string, Credential>>;
  /** For schemes that ask for AWS signatures and have none of their own, and for hosts of AWS that name no scheme. */
  readonly awsCredential?: Credential;
  /** The transport shows a client certificate, which satisfies `mutualTLS`; off by default. */
  readonly clientCertificate?: boolean;
}

export interface ChosenAuthorizations {
  /** What each step's request is authorized with. */
  readonly steps: ReadonlyMap<AnalyzedStep, readonly Authorization[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Chooses for each step the first alternative of its operation's `security` that the credentials satisfy. What none
 * satisfies is sent without, with a warning, unless the description allows that.
 */
export function chooseAuthorizations(
  analysis: Analysis,
  workflows: readonly AnalyzedWorkflow[],
  urlOf: (operation: Operation) => string | undefined,
  options: CredentialOptions,
): ChosenAuthorizations {
  const chooser = new Chooser(options);
  const steps = new Map<AnalyzedStep, readonly Authorization[]>();
  for (const { document, steps: ofWorkflow } of workflows) {
    for (const step of ofWorkflow) {
      const operation = step.target.kind === 'operation' ? step.target.operation : undefined;
      const url = operation && urlOf(operation);
      if (operation === undefined || url === undefined) continue;
      steps.set(step, inOrder(chooser.choose({ document, step, operation, url })));
    }
  }
  return { steps, diagnostics: [...judgeNames(analysis, options), ...chooser.diagnostics.values()] };
}

/** Every credential names one security scheme of one source. */
function judgeNames(analysis: Analysis, { credentials = {} }: CredentialOptions): readonly Diagnostic[] {
  const owners = new Map<string, string[]>();
  for (const { name, openapi } of analysis.sources) {
    for (const scheme of listSecuritySchemes(openapi?.description.file.value).keys()) {
      owners.set(scheme, [...(owners.get(scheme) ?? []), name]);
    }
  }
  const qualified = new Set([...owners].flatMap(([scheme, sources]) => sources.map((source) => `${source}.${scheme}`)));
  return Object.keys(credentials).flatMap((name): readonly Diagnostic[] => {
    if (qualified.has(name)) return [];
    const sources = owners.get(name) ?? [];
    if (sources.length === 1) return [];
    const { url } = analysis.document;
    if (sources.length === 0) {
      const message = `A credential is given for ${quote(name)}, which no source has a security scheme for; their schemes are ${quoteAll(owners.keys())}.${suggest(name, owners.keys())}`;
      return [{ ...fileDiagnostic('unknown-credential', message, url), severity: 'warning' }];
    }
    const message = `A credential is given for ${quote(name)}, a security scheme of the sources ${quoteAll(sources)}; name the one it is for, as in "${sources[0]}.${name}".`;
    return [fileDiagnostic('invalid-credential', message, url)];
  });
}

/** A request that may need credentials. */
interface Wanting {
  readonly document: ArazzoDocument;
  readonly step: AnalyzedStep;
  readonly operation: Operation;
  readonly url: string;
}

class Chooser {
  readonly diagnostics = new Map<string, Diagnostic>();
  readonly #options: CredentialOptions;
  /** Steps share what is the same, so that they share tokens. */
  readonly #authorizations = new Map<string, Authorization>();

  constructor(options: CredentialOptions) {
    this.#options = options;
  }

  choose(wanting: Wanting): readonly Authorization[] {
    const { operation, url } = wanting;
    const alternatives = operation.security.length > 0 ? operation.security : impliedSecurity(url, this.#options);
    for (const alternative of alternatives) {
      if (alternative.length === 0) continue;
      const met = alternative.map((demand) => this.#meet(wanting, demand));
      if (!met.every((authorizations) => authorizations !== undefined)) continue;
      const chosen = met.flat();
      this.#judgeEncryption(wanting, chosen);
      return chosen;
    }
    if (!isOptional(alternatives, url) && !isUnchecked(alternatives, url)) this.#warn(wanting, alternatives);
    return [];
  }

  /** The authorization for a demand; none when the step brings its own, `undefined` when there is no credential. */
  #meet(wanting: Wanting, { name, scheme, scopes }: SecurityDemand): readonly Authorization[] | undefined {
    const { step, operation, url } = wanting;
    if (brings(step, scheme)) return [];
    if (scheme.kind === 'mutual-tls') return this.#options.clientCertificate ? [] : undefined;
    const credential = this.#find(operation.sourceName, name, scheme);
    if (credential === undefined) return undefined;
    const describedUrl = resolveServer(operation.server);
    const key = JSON.stringify([operation.sourceName, name, scopes, url, describedUrl]);
    const authorization = this.#authorizations.get(key) ?? {
      ...{ sourceName: operation.sourceName, schemeName: name, scheme, scopes, credential, baseUrl: url },
      ...(describedUrl !== undefined && { describedUrl }),
    };
    this.#authorizations.set(key, authorization);
    if (createAuthorizer(authorization) !== undefined) return [authorization];
    const expected = expectedCredential(scheme);
    const message =
      expected === undefined
        ? `The credential "${name}" is for a security scheme that is not supported.`
        : `The credential "${name}" does not have the form that its security scheme asks for; ${expected} was expected.`;
    this.#report('invalid-credential', 'error', wanting, message);
    return undefined;
  }

  #find(sourceName: string, name: string, scheme: SecurityDemand['scheme']): Credential | undefined {
    const { credentials = {}, awsCredential } = this.#options;
    for (const key of [`${sourceName}.${name}`, name]) if (Object.hasOwn(credentials, key)) return credentials[key];
    return scheme.kind === 'sigv4' ? awsCredential : undefined;
  }

  #judgeEncryption(wanting: Wanting, authorizations: readonly Authorization[]): void {
    const { url } = wanting;
    if (!url.startsWith('http:') || isLoopback(url)) return;
    for (const { schemeName, scheme } of authorizations) {
      // These two prove that a secret is known, and do not send it.
      if (scheme.kind === 'sigv4' || scheme.kind === 'http-digest') continue;
      const message = `The credential "${schemeName}" goes to "${url}" unencrypted; an https URL was expected.`;
      this.#report('unencrypted-credential', 'warning', wanting, message);
    }
  }

  #warn(wanting: Wanting, alternatives: readonly SecurityAlternative[]): void {
    const { operation, url } = wanting;
    const asking = alternatives.filter((alternative) => alternative.length > 0);
    const wanted = asking.map((alternative) => quoteAll(alternative.map(({ name }) => name))).join(', or ');
    const [nearest] = asking
      .map((alternative) => alternative.filter((demand) => this.#meet(wanting, demand) === undefined))
      .filter((missing) => missing.every(({ scheme }) => expectedProof(scheme) !== undefined))
      .toSorted((left, right) => left.length - right.length);
    // One that is given without the form that it needs has been told.
    if (nearest?.some(({ name, scheme }) => this.#find(operation.sourceName, name, scheme) !== undefined)) return;
    const expected = nearest?.map(({ name, scheme }) => `for "${name}" it is ${expectedProof(scheme)}`).join(', ');
    const way = expected === undefined ? 'none of which can be applied' : `and no credential is given: ${expected}`;
    const message = `The source "${operation.sourceName}" asks for ${wanted}, ${way}. Requests to "${url}" go without.`;
    this.#report('security-not-applied', 'warning', wanting, message);
  }

  /** What several steps have in common is told at the first. */
  #report(code: Diagnostic['code'], severity: Diagnostic['severity'], wanting: Wanting, message: string): void {
    if (this.diagnostics.has(message)) return;
    const finding = { code, severity, message, pointer: wanting.step.step.pointer };
    this.diagnostics.set(message, locateFinding(wanting.document.file, finding));
  }
}

/** What is asked of whoever wants a scheme to be applied; `undefined` when it cannot be. */
function expectedProof(scheme: SecurityDemand['scheme']): string | undefined {
  return scheme.kind === 'mutual-tls' ? 'a client certificate' : expectedCredential(scheme);
}

/** AWS answers no unsigned request, so its hosts are signed for even when the description says nothing of it. */
function impliedSecurity(url: string, { awsCredential }: CredentialOptions): readonly SecurityAlternative[] {
  if (awsCredential === undefined || !isAwsHost(url)) return [];
  return [[{ name: 'sigv4', scheme: { kind: 'sigv4' }, scopes: [] }]];
}

/**
 * An empty alternative makes security optional (OpenAPI 3.1 §Security Requirement Object), but where AWS is asked for what
 * may be signed: it answers no unsigned request, whatever the description says.
 */
function isOptional(alternatives: readonly SecurityAlternative[], url: string): boolean {
  if (alternatives.length === 0) return true;
  const isSigned = alternatives.flat().some(({ scheme }) => scheme.kind === 'sigv4');
  return alternatives.some((alternative) => alternative.length === 0) && !(isSigned && isAwsHost(url));
}

/** Signatures for AWS are not missed by what stands in for it on this machine. */
function isUnchecked(alternatives: readonly SecurityAlternative[], url: string): boolean {
  const asksForSignature = alternatives.some((alternative) =>
    alternative.every(({ scheme }) => scheme.kind === 'sigv4'),
  );
  return asksForSignature && isLoopback(url);
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}

/** Whether the step itself gives the parameter that the scheme would fill. */
function brings({ parameters }: AnalyzedStep, scheme: SecurityDemand['scheme']): boolean {
  const place = scheme.kind === 'api-key' ? scheme.in : 'header';
  const name = scheme.kind === 'api-key' ? scheme.name : 'Authorization';
  return parameters.some((parameter) => {
    if (parameter.in !== place) return false;
    return place === 'header' ? parameter.name.toLowerCase() === name.toLowerCase() : parameter.name === name;
  });
}
