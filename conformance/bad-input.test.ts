import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewright } from './harness/gatewright.ts';
import { documentPath, exampleDocument, exampleFolder, temporaryFolder } from './harness/paths.ts';
import { publishedInputs as inputs, published } from './harness/published-document.ts';

const gateway = ['--gateway', 'http://127.0.0.1:9'];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

describe('an input that cannot be used', () => {
  it.each([
    ['is missing', inputs.slice(2), 'name'],
    ['is malformed', [...inputs, '-i', 'oops'], '"oops"'],
    ['is not declared', [...inputs, '-i', 'nam=chat'], '"nam"'],
    ['has no name', [...inputs, '-i', '=chat'], '"=chat"'],
    ['is not a value that the API has', inputs.map((text) => text.replace('MOCK', 'MOCKED')), 'MOCKED'],
  ])('%s: the message names it, and the exit code is 2', async (_case, given, named) => {
    const { exitCode, stderr } = await gatewright(['run', published, ...given, ...gateway]);
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(exitCode).toBe(2);
  });

  it('is converted, or refused, by its schema', async () => {
    const document = await written('typed.arazzo.yaml', (text) =>
      text.replace(/(name:\n +type:) string/, '$1 integer'),
    );
    const given = inputs.map((text) => text.replace('name=chat', 'name=soon'));
    const { exitCode, stderr } = await gatewright(['run', document, ...given, ...gateway]);
    expect(stderr).toContain('"soon"');
    expect(exitCode).toBe(2);
  });
});

describe('a document that cannot be used', () => {
  const replaced = (from: string, to: string) => (text: string) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  };

  it.each([
    ['is not YAML', () => 'arazzo: 1.0.1\n  info: [oops\n', /broken\.arazzo\.yaml:\d+:\d+/, ''],
    ['is not Arazzo', () => 'openapi: 3.1.0\ninfo: {}\n', /broken\.arazzo\.yaml:1:1/, 'arazzo'],
    ['is of another version', replaced('arazzo: 1.0.1', 'arazzo: 2.0.0'), /broken\.arazzo\.yaml:1:\d+/, '2.0.0'],
    [
      'names a source file that does not exist',
      replaced('api-gateway-v2.openapi.yaml', 'missing.yaml'),
      /broken\.arazzo\.yaml:\d+:\d+/,
      'missing.yaml',
    ],
    [
      'names an unknown operation',
      replaced('operationId: createIntegration', 'operationId: createIntegrations'),
      /broken\.arazzo\.yaml:\d+:\d+/,
      'createIntegrations',
    ],
    [
      'refers to an unknown step',
      replaced('$steps.createApi.outputs.apiId', '$steps.creatApi.outputs.apiId'),
      /broken\.arazzo\.yaml:\d+:\d+/,
      'creatApi',
    ],
    [
      'refers to an unknown output',
      replaced('$steps.createApi.outputs.apiEndpoint', '$steps.createApi.outputs.endpoint'),
      /broken\.arazzo\.yaml:\d+:\d+/,
      'endpoint',
    ],
    ['refers to an unknown input', replaced('$inputs.name', '$inputs.nam'), /broken\.arazzo\.yaml:\d+:\d+/, 'nam'],
  ])('%s: file, line, column and the text, and the exit code is 2', async (_case, change, place, named) => {
    const document = await written('broken.arazzo.yaml', change);
    const { exitCode, stderr } = await gatewright(['run', document, ...inputs, ...gateway]);
    expect(stderr).toMatch(place);
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(exitCode).toBe(2);
  });

  it('has no such workflow: the ones it has are named', async () => {
    const { exitCode, stderr } = await gatewright(['run', exampleDocument, 'build', ...gateway]);
    expect(stderr).toContain('"build"');
    expect(stderr).toContain('build-websocket-api');
    expect(exitCode).toBe(2);
  });

  it('does not exist: the exit code is 3', async () => {
    const { exitCode, stderr } = await gatewright(['run', join(folder.path, 'nowhere.yaml'), ...gateway]);
    expect(stderr).toContain('nowhere.yaml');
    expect(exitCode).toBe(3);
  });
});

describe('usage that cannot be meant', () => {
  it.each([
    ['an unknown command', ['ups'], 'up'],
    ['an unknown option', ['up', '--prot', '1'], '--port'],
    ['a port that is no port', ['up', '--port', 'http'], '--port'],
    ['a store of no kind', ['serve', '--store', 'postgres:x', '--port', '0'], 'postgres:x'],
    ['an address that others can reach', ['serve', '--host', '0.0.0.0', '--port', '0'], '--insecure-bind'],
    ['a gateway that is no URL', ['run', published, '--gateway', 'localhost'], 'localhost'],
    [
      'a gateway with a password',
      ['run', published, '--gateway', 'http://me:s3cr3t@127.0.0.1:9'],
      '--gateway "http://127.0.0.1:9/" is given with a user or password',
    ],
    [
      'a server with a query',
      ['run', published, '--server', 'apiGatewayV2=http://127.0.0.1:9/v2?a=1'],
      '--server "http://127.0.0.1:9/v2" is given with "?a=1"',
    ],
    ['a server of an unknown source', ['run', published, '--server', 'aws=http://127.0.0.1:9'], 'apiGatewayV2'],
    ['a workflow that there is none of', ['run', published, 'biuld', ...inputs, ...gateway], 'no workflow "biuld"'],
    ['an input without a value', ['run', published, '-i', 'name', ...gateway], '"name" has no value'],
    ['what is for --resume alone', ['run', published, ...inputs, '--retry-unknown', ...gateway], '--resume ID'],
    [
      'AWS for what is not its',
      ['run', documentPath('secured.arazzo.yaml'), '-i', 'user=u', '-i', 'password=p', '--aws'],
      '--aws is for',
    ],
    ['a WebSocket URL that is none', ['connect', 'http://127.0.0.1'], 'http://127.0.0.1'],
    ['a WebSocket URL with a fragment', ['connect', 'ws://127.0.0.1:9/#there'], 'fragment'],
    ['a header that HTTP cannot carry', ['connect', 'ws://127.0.0.1:9', '-H', 'a b: c'], '"a b"'],
    ['a subprotocol that is none', ['connect', 'ws://127.0.0.1:9', '-s', 'a b'], 'subprotocol'],
  ])('%s is refused with exit code 2', async (_case, args, named) => {
    const { exitCode, stderr } = await gatewright(args);
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(exitCode).toBe(2);
  });
});

it('says in one line that the port is in use', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' ? `${address?.port}` : '';
  const { exitCode, stderr } = await gatewright(['serve', '--port', port]);
  taken.close();
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(port);
  expect(exitCode).toBe(3);
});

/** A changed copy of the document with published idioms, in the temporary folder. */
async function written(name: string, change: (text: string) => string): Promise<string> {
  const text = (await readFile(published, 'utf8')).replace('../../examples/build-websocket-api/', exampleFolder);
  const path = join(folder.path, name);
  await writeFile(path, change(text));
  return path;
}
