import type { OutputStream } from './gathered-stream.ts';
import { createMasker, type Masker } from './masker.ts';

/** Select Graphic Rendition parameters, on and off: ECMA-48 §8.3.117. */
const styles = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

type Style = keyof typeof styles;

/**
 * Where a command says what it has to say. With `json`, standard output carries one JSON object per line and nothing
 * else, so that a program can read it; what is meant for people then goes to standard error.
 */
export interface Output {
  readonly json: boolean;
  /** One line for people. Nothing in JSON mode. */
  line(text?: string): void;
  /** One line about a problem, on standard error, in either mode. */
  problem(text: string): void;
  /** One JSON object on a line of its own, in JSON mode only. */
  record(record: object): void;
  /** The text in a style, where the terminal has colours. */
  style(style: Style, text: string): string;
  /** What is hidden in all of the above. What is formatted from data should be formatted from masked data. */
  readonly masker: Masker;
}

export interface OutputOptions {
  readonly json: boolean;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** https://no-color.org: a non-empty `NO_COLOR` switches colours off. */
  readonly noColor: boolean;
}

export function createOutput(options: OutputOptions): Output {
  const colours = options.stdout.isTTY === true && !options.noColor;
  const masker = createMasker();
  return {
    json: options.json,
    masker,
    line(text = '') {
      if (!options.json) options.stdout.write(`${disarm(masker.maskWithin(text))}\n`);
    },
    problem(text) {
      options.stderr.write(`${disarm(masker.maskWithin(text))}\n`);
    },
    record(record) {
      if (options.json) options.stdout.write(`${JSON.stringify(masker.maskValue(record))}\n`);
    },
    style(style, text) {
      const [on, off] = styles[style];
      return colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
    },
  };
}

/**
 * Control characters as escapes, but for tabs, line breaks and styles: what clients, servers and documents say is shown, and
 * must not steer the terminal.
 */
function disarm(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
  return text.replaceAll(/\u001b\[\d{1,2}m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (found) =>
    found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** @param stdout Another way to standard output than the direct one. */
export function createProcessOutput(json: boolean, stdout: OutputStream = process.stdout): Output {
  const { stderr, env } = process;
  return createOutput({ json, stdout, stderr, noColor: (env.NO_COLOR ?? '') !== '' });
}
