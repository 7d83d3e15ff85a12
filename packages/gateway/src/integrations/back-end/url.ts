import { findMissingStageVariables, substituteStageVariables } from '../../model/stage-variables.ts';

/** An `integrationUri` taken apart once: everything but the path parameters is settled. */
export interface BackEndUrl {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Literal text and names of path parameters, in turn. */
  readonly parts: readonly (string | { readonly parameter: string })[];
  /** The URI with its stage variables, for messages. */
  readonly text: string;
}

export type ParsedBackEndUrl =
  | { readonly kind: 'url'; readonly url: BackEndUrl }
  | { readonly kind: 'invalid'; readonly message: string };

const urlPattern = /^(https?:\/\/[^/?#{}]+)([^#]*)/i;
const placeholderPattern = /\{([a-zA-Z0-9._$-]+)\+?\}/;

/** Reads an `integrationUri`: `http` or `https`, with `${stageVariables.name}` anywhere and `{name}` in path and query. */
export function parseBackEndUrl(
  integrationUri: string,
  stageVariables: Readonly<Record<string, string>>,
): ParsedBackEndUrl {
  const text = substituteStageVariables(integrationUri, stageVariables);
  const [, base, rest = ''] = urlPattern.exec(text) ?? [];
  if (!base || !URL.canParse(base)) {
    return {
      kind: 'invalid',
      message: `The integration URI "${text}" is not valid: an http or https URL is expected${describeMissing(integrationUri, stageVariables)}.`,
    };
  }
  const { origin, username } = new URL(base);
  if (username !== '') {
    return {
      kind: 'invalid',
      message: 'The integration URI is not valid: it must not contain a user name or password.',
    };
  }
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  // Splitting by a pattern with one group gives literal texts at even and names at odd positions.
  const parts = path
    .split(placeholderPattern)
    .map((part, index) => (index % 2 === 1 ? { parameter: part } : encodeLiteral(part)));
  return { kind: 'url', url: { origin, parts, text } };
}

/** A URI is most often not valid because of these. */
function describeMissing(integrationUri: string, stageVariables: Readonly<Record<string, string>>): string {
  const [missing] = findMissingStageVariables(integrationUri, stageVariables);
  return missing === undefined ? '' : `, and the stage has no variable "${missing}"`;
}

/** The request target: path parameters filled in, query parameters added. Parameters without a value are left empty. */
export function buildTarget(
  url: BackEndUrl,
  pathParameters: ReadonlyMap<string, string>,
  queries: readonly string[],
): string {
  let target = '';
  for (const part of url.parts) {
    target += typeof part === 'string' ? part : encodeComponent(pathParameters.get(part.parameter) ?? '');
  }
  for (const query of queries) {
    if (query !== '') target += (target.includes('?') ? '&' : '?') + query;
  }
  return target;
}

/** Percent-encodes a value; a lone surrogate becomes U+FFFD, as it would in UTF-8. */
export function encodeComponent(value: string): string {
  return encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8'));
}

function encodeLiteral(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, encodeComponent);
}
