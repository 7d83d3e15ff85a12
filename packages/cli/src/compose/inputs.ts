import { readFile } from 'node:fs/promises';
import { type ArazzoDocument, type Diagnostic, readTextInputs } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';

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
  readonly diagnostics: readonly Diagnostic[];
}

/** The inputs given by file and flags. Values of flags are texts unless the input's schema says otherwise. */
export async function readInputs(
  document: ArazzoDocument,
  workflowIds: readonly string[] | undefined,
  options: InputOptions,
): Promise<ReadInputs> {
  const texts = options.input.map(splitInput);
  const fromFile = options.inputs === undefined ? {} : await readInputsFile(options.inputs);
  const fromFlags = readTextInputs(document, workflowIds, texts);
  return { inputs: { ...fromFile, ...options.values, ...fromFlags.inputs }, diagnostics: fromFlags.diagnostics };
}

/** @throws CommandError when the text is not `name=value`. The value may hold further equals signs. */
export function splitInput(text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new CommandError(
      exitCode.badInput,
      `The input "${text}" has no name: write -i name=value, for example -i name=chat.`,
    );
  }
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

async function readInputsFile(path: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CommandError(exitCode.environment, `The inputs file "${path}" cannot be read: ${describe(cause)}.`, {
      cause,
    });
  });
  const value = await parseInputs(path, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CommandError(
      exitCode.badInput,
      `The inputs file "${path}" must hold one object of names and values, for example {"name": "chat"}.`,
    );
  }
  return value as Record<string, unknown>;
}

async function parseInputs(path: string, text: string): Promise<unknown> {
  const { load } = await import('js-yaml');
  try {
    return load(text);
  } catch (cause) {
    const [reason] = cause instanceof Error ? cause.message.split('\n') : [String(cause)];
    throw new CommandError(exitCode.badInput, `The inputs file "${path}" is neither YAML nor JSON: ${reason}.`, {
      cause,
    });
  }
}

function describe(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? 'there is no such file' : (error.code ?? error.message);
}
