import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { accountOptions, regionOption } from './account-options.ts';
import type { CertificateCommandOptions } from './commands/certificate.ts';
import type { CheckOptions } from './commands/check.ts';
import type { ConnectOptions } from './commands/connect.ts';
import type { RunOptions } from './commands/run.ts';
import type { ServeOptions } from './commands/serve.ts';
import type { ShowOptions } from './commands/show.ts';
import type { UpOptions } from './commands/up.ts';
import { defaults } from './defaults.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { showFailure } from './output/failure.ts';
import { gatherWrites } from './output/gathered-stream.ts';
import { createProcessOutput, type Output } from './output/output.ts';
import { version } from './version.ts';
import { requireWorkingFolder } from './working-folder.ts';

type Action = (output: Output) => Promise<ExitCode>;

/**
 * The command line. Returns the exit code instead of ending the process, so that output is flushed; what a command needs
 * is imported when it runs, so that `--version` and `--help` cost nothing more.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let chosen: { readonly json: boolean; readonly action: Action } | undefined;
  const program = createProgram((json, action) => {
    chosen = { json, action };
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.badInput;
    throw error;
  }
  if (!chosen) return exitCode.badInput;
  const stdout = gatherWrites(process.stdout);
  const direct = createProcessOutput(chosen.json, stdout);
  const output: Output = {
    ...direct,
    problem(text) {
      // Whoever reads both sees them in the order in which they were said.
      stdout.flush();
      direct.problem(text);
    },
  };
  try {
    requireWorkingFolder();
    return await chosen.action(output);
  } catch (error) {
    return showFailure(output, error);
  } finally {
    stdout.flush();
  }
}

function createProgram(choose: (json: boolean, action: Action) => void): Command {
  const program = new Command('gatewright')
    .description(
      'Builds, runs and exercises WebSocket APIs: an Arazzo engine, and a server compatible with API Gateway V2.',
    )
    .version(version, '-V, --version')
    .showHelpAfterError('(gatewright --help shows what there is)')
    .exitOverride();
  addUp(program, choose);
  addRun(program, choose);
  addRuns(program, choose);
  addCheck(program, choose);
  addShow(program, choose);
  addServe(program, choose);
  addConnect(program, choose);
  addCertificate(program, choose);
  return program;
}

type Choose = (json: boolean, action: Action) => void;
type Json = { readonly json: boolean };

function addUp(program: Command, choose: Choose): void {
  const command = program
    .command('up')
    .summary('start a gateway, build an API with a workflow, and serve it')
    .description('Starts a gateway, runs the workflows of an Arazzo document against it, and serves what they built.')
    .argument('[document]', 'an Arazzo document: a path or a URL')
    .argument('[workflows...]', 'the workflows to run (default: all, in the order of the document)')
    .addOption(portOption(4610));
  for (const option of [
    ...inputOptions(),
    ...serverOptions(),
    ...accessOptions(),
    maxStepsOption(),
    ...bindOptions(),
    ...accountOptions(),
    endpointOption(),
    ...logOptions(),
    storeOption(defaults.store),
    ...commonOptions(),
  ]) {
    command.addOption(option);
  }
  command
    .addHelpText(
      'after',
      example('gatewright up api.arazzo.yaml -i name=chat -i integrationUri=http://127.0.0.1:3000/'),
    )
    .action((document: string | undefined, workflows: string[], options: UpOptions & Json) => {
      choose(options.json, async (output) =>
        (await import('./commands/up.ts')).up(output, document, workflows, options),
      );
    });
}

function addRun(program: Command, choose: Choose): void {
  const command = program
    .command('run')
    .summary('run workflows against a gateway or any server')
    .description(
      'Plans the workflows of an Arazzo document, then sends their requests. Nothing is sent while anything is unresolved.',
    )
    .argument('[document]', 'an Arazzo document: a path or a URL; not with --resume')
    .argument('[workflow]', 'the workflow to run (default: all, in the order of the document)')
    .addOption(new Option('--gateway <url>', 'run against this Gatewright instead of API Gateway V2'))
    .addOption(
      new Option('--aws', 'call AWS itself, signed with the credentials of the AWS environment').default(false),
    )
    .addOption(
      new Option('--dry-run', 'show the requests that would be sent, and send nothing')
        .default(false)
        .conflicts('mock'),
    )
    .addOption(
      new Option('--mock', 'answer the requests from what the API declares, and send nothing')
        .default(false)
        .conflicts(['gateway', 'aws']),
    )
    .addOption(
      repeatable('--report <format=file>', 'write a report when the run ends: json, junit or har').conflicts('dryRun'),
    )
    .addOption(
      new Option('--resume <id>', 'go on with a run that did not succeed, from the step that failed').conflicts([
        ...['dryRun', 'mock', 'gateway', 'server', 'serverVar', 'aws', 'strict'],
      ]),
    )
    .addOption(
      new Option('--retry-unknown', 'with --resume: send a request again of which the outcome is not known').default(
        false,
      ),
    );
  for (const option of [
    ...inputOptions(),
    ...serverOptions(),
    ...accessOptions(),
    maxStepsOption(),
    ...commonOptions(),
  ]) {
    command.addOption(option);
  }
  command
    .addHelpText('after', example('gatewright run api.arazzo.yaml -i name=chat --gateway http://127.0.0.1:4610'))
    .action((document: string | undefined, workflow: string | undefined, options: RunOptions & Json) => {
      choose(options.json, async (output) =>
        (await import('./commands/run.ts')).run(output, document, workflow, options),
      );
    });
}

function addRuns(program: Command, choose: Choose): void {
  const runs = program
    .command('runs')
    .summary('list or delete the runs that can be gone on with')
    .description('Lists or deletes the journals of runs that did not succeed; run --resume goes on with one.')
    .addHelpText('after', example('gatewright runs list'));
  runs
    .command('list')
    .description('Lists the runs that did not succeed and had done something, newest first.')
    .addOption(jsonOption())
    .addHelpText('after', example('gatewright runs list'))
    .action((options: Json) => {
      choose(options.json, async (output) => (await import('./commands/runs.ts')).listKeptRuns(output));
    });
  runs
    .command('delete')
    .description('Deletes journals of runs. What the runs created stays.')
    .argument('<ids...>', 'the ids that gatewright runs list shows')
    .addOption(jsonOption())
    .addHelpText('after', example('gatewright runs delete 20240101T120000-a1b2c3'))
    .action((ids: string[], options: Json) => {
      choose(options.json, async (output) => (await import('./commands/runs.ts')).deleteKeptRuns(output, ids));
    });
}

function addCheck(program: Command, choose: Choose): void {
  const command = program
    .command('check')
    .summary('find what is wrong with Arazzo documents')
    .description('Reports everything that can be known of the documents without sending a request.')
    .argument('<documents...>', 'Arazzo documents: paths or URLs')
    .addOption(new Option('--fix', 'correct what is certain, in the documents themselves').default(false));
  for (const option of [...networkOptions(), ...commonOptions()]) command.addOption(option);
  command
    .addHelpText('after', example('gatewright check api.arazzo.yaml'))
    .action((documents: string[], options: CheckOptions & Json) => {
      choose(options.json, async (output) => (await import('./commands/check.ts')).check(output, documents, options));
    });
}

function addShow(program: Command, choose: Choose): void {
  const command = program
    .command('show')
    .summary('show what is in an Arazzo document')
    .description(
      'Shows the workflows of an Arazzo document: their inputs, their steps with method and path, and their outputs.',
    )
    .argument('<document>', 'an Arazzo document: a path or a URL')
    .argument('[workflow]', 'the workflow to show (default: all)')
    .addOption(new Option('--mermaid', 'write a Mermaid flowchart').default(false).conflicts('json'));
  for (const option of [...networkOptions(), baseOption(), jsonOption()]) command.addOption(option);
  command
    .addHelpText('after', example('gatewright show api.arazzo.yaml'))
    .action((document: string, workflow: string | undefined, options: ShowOptions & Json) => {
      choose(options.json, async (output) =>
        (await import('./commands/show.ts')).show(output, document, workflow, options),
      );
    });
}

function addServe(program: Command, choose: Choose): void {
  const command = program
    .command('serve')
    .summary('serve APIs from a store')
    .description('Serves the control plane, the WebSocket endpoint and @connections from a store, until it is stopped.')
    .addOption(
      new Option('--draft', "also serve each API's undeployed configuration at its bare endpoint").default(false),
    )
    .addOption(
      new Option('--allow-reset', 'let POST /_gatewright/reset, from this machine, delete everything').default(false),
    )
    .addOption(portOption(4610));
  for (const option of [
    ...bindOptions(),
    ...accountOptions(),
    endpointOption(),
    ...logOptions(),
    storeOption(defaults.store),
    jsonOption(),
  ]) {
    command.addOption(option);
  }
  command
    .addHelpText('after', example('gatewright serve --store sqlite:gateway.db'))
    .action((options: ServeOptions & Json) => {
      choose(options.json, async (output) => (await import('./commands/serve.ts')).serve(output, options));
    });
}

function addConnect(program: Command, choose: Choose): void {
  program
    .command('connect')
    .summary('talk to a WebSocket endpoint')
    .description(
      'Connects to a WebSocket endpoint. Each line typed is sent as a message, each message received is shown.',
    )
    .argument('<url>', 'a ws: or wss: URL')
    .addOption(repeatable('-H, --header <header>', 'send a header with the upgrade, as "name: value"'))
    .addOption(repeatable('-s, --subprotocol <name>', 'offer a subprotocol'))
    .addOption(repeatable('-m, --message <text>', 'send a message once connected'))
    .addOption(
      new Option('--wait <milliseconds>', 'how long to wait for answers once input has ended')
        .default(1000)
        .argParser((text) => wholeNumber(text, 3_600_000)),
    )
    .addOption(jsonOption())
    .addHelpText('after', example(`gatewright connect ws://127.0.0.1:4610/a1b2c3d4e5 -m '{"action":"hello"}'`))
    .action((url: string, options: ConnectOptions & Json) => {
      choose(options.json, async (output) => (await import('./commands/connect.ts')).connect(output, url, options));
    });
}

function addCertificate(program: Command, choose: Choose): void {
  program
    .command('certificate')
    .summary("show where this machine's own TLS certificate is")
    .description(
      'Shows the file of the certificate that gateways on this machine show to clients that speak TLS, for those to trust.',
    )
    .addOption(regionOption('the region in the host names of APIs'))
    .addOption(jsonOption())
    .addHelpText('after', example('NODE_EXTRA_CA_CERTS=$(gatewright certificate) node back-end.js'))
    .action((options: CertificateCommandOptions & Json) => {
      choose(options.json, async (output) => (await import('./commands/certificate.ts')).certificate(output, options));
    });
}

function inputOptions(): readonly Option[] {
  return [
    repeatable('-i, --input <name=value>', 'give an input; text, unless its schema says otherwise'),
    new Option('--inputs <file>', 'read inputs from a YAML or JSON file'),
  ];
}

function serverOptions(): readonly Option[] {
  return [
    repeatable('--server <source=url>', 'call a source description at this URL'),
    repeatable('--server-var <name=value>', "give a variable of the servers' URLs, as name or source.name"),
  ];
}

function accessOptions(): readonly Option[] {
  return [
    repeatable('--credential <scheme=value>', 'give a credential for a security scheme, as scheme or source.scheme'),
    new Option('--credentials <file>', 'read credentials from a YAML or JSON file that only you can read'),
    repeatable('--mask <name>', 'show no header, and no member of bodies, inputs and outputs, of this name'),
    ...networkOptions(),
  ];
}

function networkOptions(): readonly Option[] {
  return [
    new Option(
      '--proxy <url>',
      'go through this proxy for requests and documents (default: HTTPS_PROXY and HTTP_PROXY, but NO_PROXY)',
    ),
    new Option('--ca <file>', 'trust the certificates of this PEM file too'),
    new Option('--cert <file>', 'show this client certificate, a PEM file'),
    new Option('--key <file>', 'the key of the client certificate, a PEM file'),
  ];
}

function maxStepsOption(): Option {
  return new Option('--max-steps <count>', 'end a run that has tried this many steps, retries included')
    .default(10_000)
    .argParser((text) => wholeNumber(text, 1_000_000_000));
}

function logOptions(): readonly Option[] {
  return [
    new Option('--access-log <place>', 'write the access logs that stages have configured to stdout or to a file'),
    new Option('--execution-log <place>', 'write what stages log of executions to stdout or to a file'),
  ];
}

function storeOption(value: string): Option {
  return new Option('--store <store>', 'memory, or sqlite:FILE').default(value);
}

function portOption(value: number): Option {
  return new Option('--port <port>', 'the port to listen on; 0 takes any')
    .default(value)
    .argParser((text) => wholeNumber(text, 65_535));
}

function bindOptions(): readonly Option[] {
  return [
    new Option('--host <host>', 'the address to listen on').default(defaults.host),
    new Option('--insecure-bind', 'allow an address other than loopback, although nothing checks who calls').default(
      false,
    ),
    new Option('--tls-cert <file>', 'show this certificate to clients that speak TLS (default: one of this machine)'),
    new Option('--tls-key <file>', 'the key of --tls-cert; both are PEM files'),
  ];
}

function endpointOption(): Option {
  return repeatable(
    '--endpoint <service=url>',
    'let integrations call this AWS service here; the URL aws is AWS itself, the service * all others; wins over AWS_ENDPOINT_URL_<SERVICE>',
  );
}

function commonOptions(): readonly Option[] {
  return [
    new Option('--strict', 'refuse idioms that the Arazzo specification does not allow').default(false),
    baseOption(),
    jsonOption(),
  ];
}

function baseOption(): Option {
  return new Option('--base <folder>', 'look here for source files that are not where the document says');
}

function jsonOption(): Option {
  return new Option('--json', 'print one JSON object per line').default(false);
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeatable)`)
    .default([], 'none')
    .argParser((text: string, texts: readonly string[]) => [...texts, text]);
}

function wholeNumber(text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`);
}

function example(line: string): string {
  return `\nExample:\n  ${line}`;
}
