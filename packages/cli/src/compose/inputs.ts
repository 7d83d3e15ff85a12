import { type ArazzoDocument, type Diagnostic, readTextInputs } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { readValuesFile } from './values-file.ts';

export interface InputOptions {
  /** Texts of the form `name=value`, from `-i`. They win over the file's. */
  readonly input: readonly string[];
  /** A YAML or JSON file with one object: names and values. */
  readonly inputs?: string;
  /** Values given by a program, used as they are. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface ReadInputs {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The texts of flags as they were given. */
  readonly texts: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The inputs given by file and flags. Values of flags are texts unless the input's schema says otherwise. */
export async function readInputs(
  document: ArazzoDocument,
  workflowIds: readonly string[] | undefined,
  options: InputOptions,
): Promise<ReadInputs> {
  const texts = options.input.map(splitInput);
  const fromFile =
    options.inputs === undefined ? {} : await readValuesFile('inputs', options.inputs, '{"name": "chat"}');
  const given = { ...fromFile, ...options.values };
  const fromFlags = await readTextInputs(document, workflowIds, texts, given);
  return {
    inputs: { ...given, ...fromFlags.inputs },
    texts: Object.fromEntries(texts.map(({ name, value }) => [name, value])),
    diagnostics: fromFlags.diagnostics,
  };
}

/** @throws CommandError when the text is not `name=value`. The value may hold further equals signs. */
export function splitInput(text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  if (at < 1) {
    const lack = at < 0 ? 'value' : 'name';
    throw new CommandError(
      exitCode.badInput,
      `The input "${text}" has no ${lack}: write -i name=value, for example -i name=chat.`,
    );
  }
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}
