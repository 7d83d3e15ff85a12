import { stageVariableForm } from './integration-uri.ts';
import { findMalformedStageVariable, startsWithStageVariable } from './stage-variables.ts';

/**
 * Looks at the `integrationUri` of an HTTP or HTTP_PROXY integration as it is saved, before its stage variables are known:
 * an absolute URL of http or https, with `{name}` or `{name+}` for path parameters anywhere behind the host. A text that
 * starts with a stage variable may become anything. See the developer guide, "Set up integration requests".
 *
 * @returns what was expected, to be put behind the value; `undefined` when the URI can work.
 */
export function findHttpUriProblem(text: string): string | undefined {
  if (findMalformedStageVariable(text) !== undefined) return stageVariableForm;
  if (startsWithStageVariable(text)) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a URL has none.
  if (/[\s\u0000-\u001f\u007f]/.test(text)) return 'an http or https URL without spaces and control characters';
  const [, scheme = '', authority = '', rest = ''] = /^(https?):\/\/([^/?#]+)(.*)$/i.exec(withSamples(text)) ?? [];
  const origin = `${scheme}://${authority}`;
  if (/[{}]/.test(authority) || !URL.canParse(origin)) return 'http://{host}… or https://{host}…';
  if (new URL(origin).username !== '' || authority.includes('@')) return 'a URL without a user name or password';
  if (/[{}]/.test(rest.replace(placeholder, ''))) return '{name} or {name+} where the URL has braces';
  return undefined;
}

const placeholder = /\{[a-zA-Z0-9._$-]+\+?\}/g;

/** Puts a value in that can stand where the variable does: a digit in a port, a letter elsewhere. */
function withSamples(text: string): string {
  return text.replace(/\$\{stageVariables\.\w+\}/g, (_reference, offset: number) =>
    /:\d*$/.test(text.slice(0, offset)) ? '1' : 'a',
  );
}
