import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackEnd, startBackEnd } from './harness/back-end.ts';
import { gatewright } from './harness/gatewright.ts';
import { temporaryFolder } from './harness/paths.ts';

const api = `openapi: 3.0.3
info: { title: Things, version: '1' }
servers:
  - url: http://127.0.0.1:{port}/{stage}
    variables: { port: { default: '1' }, stage: { default: v1, enum: [v1, v2] } }
paths:
  /things/{ids}:
    post:
      operationId: send
      parameters:
        - { name: ids, in: path, required: true, style: label, explode: true, schema: { type: array } }
        - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object } }
      requestBody:
        content:
          application/xml:
            schema: { type: object, xml: { name: thing }, properties: { id: { xml: { attribute: true } } } }
      responses: { '200': { description: Sent. } }
`;

const document = `arazzo: 1.0.1
info: { title: Things, version: '1' }
sourceDescriptions: [{ name: things, url: api.yaml, type: openapi }]
workflows:
  - workflowId: w
    steps:
      - stepId: a
        operationId: send
        parameters:
          - { name: ids, in: path, value: [1, 2] }
          - { name: filter, in: query, value: { color: red } }
        requestBody: { payload: { id: 7, name: <x> } }
`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let backEnd: BackEnd;

beforeAll(async () => {
  backEnd = await startBackEnd(() => ({ status: 200 }));
  folder = await temporaryFolder();
  await writeFile(join(folder.path, 'api.yaml'), api);
  await writeFile(join(folder.path, 'things.arazzo.yaml'), document);
});

afterAll(async () => {
  await backEnd.close();
  await folder.remove();
});

describe('gatewright run --server-var', () => {
  const run = (stage: string) => {
    const variables = ['--server-var', `port=${new URL(backEnd.url).port}`, '--server-var', `things.stage=${stage}`];
    return gatewright(['run', join(folder.path, 'things.arazzo.yaml'), ...variables]);
  };

  it('refuses a value that the API does not list, before anything is sent', async () => {
    const { exitCode, stdout, stderr } = await run('v3');
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain('The server variable "things.stage" is "v3"; one of "v1", "v2" was expected.');
    expect(backEnd.received).toEqual([]);
  });

  it('tells how a server is given where the description names none', async () => {
    const variables = ['--server-var', 'port=none', '--server-var', 'things.stage=v2'];
    const { exitCode, stderr } = await gatewright(['run', join(folder.path, 'things.arazzo.yaml'), ...variables]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('it has "http://127.0.0.1:none/v2"; give one for this run.');
    expect(stderr).toContain('Servers are given with --server SOURCE=URL');
  });

  it('calls the server that the values make, with parameters and bodies as the API describes them', async () => {
    const { exitCode, stderr } = await run('v2');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(backEnd.received).toEqual([
      {
        method: 'POST',
        url: '/v2/things/.1.2?filter%5Bcolor%5D=red',
        headers: expect.objectContaining({ 'content-type': 'application/xml' }),
        body: '<?xml version="1.0" encoding="UTF-8"?><thing id="7"><name>&lt;x&gt;</name></thing>',
      },
    ]);
  });
});

describe('gatewright run --dry-run', () => {
  const forms = `openapi: 3.1.0
info: { title: Forms, version: '1' }
paths:
  /plain: { post: { operationId: plain, requestBody: { content: { application/x-www-form-urlencoded: {} } }, responses: { '200': { description: A } } } }
  /parts: { post: { operationId: parts, requestBody: { content: { multipart/form-data: {} } }, responses: { '200': { description: A } } } }
  /mixed: { post: { operationId: mixed, requestBody: { content: { multipart/mixed: {} } }, responses: { '200': { description: A } } } }
`;
  const payload = `{ note: 'a b&c!', tags: [1, x], meta: { deep: true }, password: $inputs.password }`;
  const workflow = `arazzo: 1.0.1
info: { title: Forms, version: '1' }
sourceDescriptions: [{ name: forms, url: forms.yaml, type: openapi }]
workflows:
  - workflowId: w
    inputs: { properties: { password: { type: string, format: password } } }
    steps:
      - { stepId: plain, operationId: plain, requestBody: { payload: ${payload} } }
      - { stepId: parts, operationId: parts, requestBody: { payload: ${payload} } }
      - { stepId: mixed, operationId: mixed, requestBody: { payload: [{ deep: true }, $inputs.password] } }
`;

  it('shows forms and other multipart bodies as they are then sent, but for secrets', async () => {
    await writeFile(join(folder.path, 'forms.yaml'), forms);
    await writeFile(join(folder.path, 'forms.arazzo.yaml'), workflow);
    const before = backEnd.received.length;
    const secret = 'h!dden & "quoted"';
    const run = [
      'run',
      join(folder.path, 'forms.arazzo.yaml'),
      '-i',
      `password=${secret}`,
      '--server',
      `forms=${backEnd.url}`,
    ];
    const { stdout } = await gatewright([...run, '--dry-run']);
    expect(backEnd.received).toHaveLength(before);
    expect((await gatewright(run)).exitCode).toBe(0);
    const [plain, ...multipart] = backEnd.received.slice(before).map(({ body }) => body);
    expect(plain).toContain('password=h%21dden%20%26%20%22quoted%22');
    const shown = stdout.replaceAll(/gatewright-[\w-]+/g, 'B').replaceAll(/^ {6}/gm, '');
    expect(shown).toContain(`\n${plain?.replace(/password=.*/, 'password=***')}\n`);
    expect(multipart).toHaveLength(2);
    for (const body of multipart) {
      const sent = body
        .replaceAll(/gatewright-[\w-]+/g, 'B')
        .replaceAll('\r\n', '\n')
        .replaceAll(secret, '***');
      expect(shown).toContain(`\n${sent}`);
    }
  });
});
