import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedPort, startBackEnd } from './harness/back-end.ts';
import { gatewright, type JsonRecord, type ServingProcess, startServing } from './harness/gatewright.ts';
import { exampleDocument, temporaryFolder } from './harness/paths.ts';
import { publishedInputs as inputs, published } from './harness/published-document.ts';
import { connect } from './harness/web-socket-client.ts';

const mockInputs = ['-i', 'messageIntegrationUri=http://127.0.0.1:3000/'];

let serving: ServingProcess;

beforeAll(async () => {
  serving = await startServing(['serve', '--draft']);
});

afterAll(() => serving.kill());

describe('gatewright run', () => {
  it('builds an API on a gateway that is asked for, and clients connect at once', async () => {
    const { exitCode, stdout } = await gatewright([
      'run',
      published,
      ...inputs,
      '--gateway',
      serving.gateway,
      '--json',
    ]);
    expect(exitCode).toBe(0);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonRecord);
    const succeeded = events.at(-1) as unknown as { kind: string; outputs: Record<string, { apiEndpoint: string }> };
    expect(succeeded.kind).toBe('run-succeeded');
    const client = await connect(succeeded.outputs['build-websocket-api']?.apiEndpoint ?? '');
    expect(await client.close(1000)).toEqual({ code: 1000, reason: '' });
  });

  it('shows each step with method, path, status and time, and the outputs', async () => {
    const { exitCode, stdout } = await gatewright(['run', published, ...inputs, '--gateway', serving.gateway]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/✓ createApi +POST +\S*\/v2\/apis +201 +\d+ ms/);
    expect(stdout).toMatch(/apiId +[a-z0-9]{10}\n +apiEndpoint +ws:\/\/127\.0\.0\.1:\d+\/[a-z0-9]{10}\n/);
  });

  it('says that a gateway without drafts wants a deployment first, and one with drafts does not', async () => {
    const plain = await startServing(['serve']);
    const hint = 'serves deployed stages alone';
    expect((await gatewright(['run', published, ...inputs, '--gateway', plain.gateway])).stdout).toContain(hint);
    expect((await gatewright(['run', published, ...inputs, '--gateway', serving.gateway])).stdout).not.toContain(hint);
    await plain.stop();
  });

  it('calls a source at the URL given with --server', async () => {
    const { exitCode } = await gatewright([
      'run',
      published,
      ...inputs,
      '--server',
      `apiGatewayV2=${serving.gateway}/_gatewright/member-names`,
    ]);
    expect(exitCode).toBe(0);
  });

  it('refuses to call AWS unasked, before anything is sent', async () => {
    const { exitCode, stderr } = await gatewright(['run', published, ...inputs]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('This run would call AWS at https://apigateway.us-east-1.amazonaws.com');
    expect(stderr).toContain('Nothing was sent.');
  });

  it('asks for the input that only the API requires, before anything is sent', async () => {
    const before = serving.records.length;
    const withoutType = inputs.filter(
      (text, index) => !text.startsWith('integrationType') && !inputs[index + 1]?.startsWith('integrationType'),
    );
    const { exitCode, stderr } = await gatewright(['run', published, ...withoutType, '--gateway', serving.gateway]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('integrationType');
    expect(serving.records.length).toBe(before);
  });

  it('says what step 1 had created when step 2 fails', async () => {
    const failing = await startBackEnd(({ url }) =>
      url.endsWith('/v2/apis')
        ? {
            status: 201,
            headers: { 'content-type': 'application/json' },
            body: '{"ApiId":"a1b2c3d4e5","ApiEndpoint":"ws://x"}',
          }
        : { status: 409, headers: { 'content-type': 'application/json' }, body: '{"Message":"It is in the way."}' },
    );
    try {
      const { exitCode, stdout } = await gatewright(['run', published, ...inputs, '--gateway', failing.url]);
      expect(exitCode).toBe(1);
      expect(stdout).toContain('It is in the way.');
      expect(stdout).toMatch(
        /what they created is still there:\n +build-websocket-api\/createApi\n +apiId +a1b2c3d4e5/,
      );
    } finally {
      await failing.close();
    }
  });

  it('says in one line that the gateway cannot be reached', async () => {
    const port = await closedPort();
    const { exitCode, stdout, stderr } = await gatewright([
      'run',
      published,
      ...inputs,
      '--gateway',
      `http://127.0.0.1:${port}`,
    ]);
    expect(exitCode).toBe(3);
    expect(stdout + stderr).toContain('refused');
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  });
});

describe('gatewright run --max-steps', () => {
  it('ends a run that loops, and says why', async () => {
    const backEnd = await startBackEnd(() => ({ status: 200 }));
    const folder = await temporaryFolder();
    const info = { title: 'Loop', version: '1' };
    const onSuccess = [{ name: 'again', type: 'goto', stepId: 'a' }];
    const paths = { '/a': { get: { operationId: 'a', responses: { 200: { description: 'Yes.' } } } } };
    await writeFile(join(folder.path, 'a.json'), JSON.stringify({ openapi: '3.1.0', info, paths }));
    await writeFile(
      join(folder.path, 'a.arazzo.json'),
      JSON.stringify({
        ...{ arazzo: '1.0.1', info, sourceDescriptions: [{ name: 'a', url: 'a.json' }] },
        workflows: [{ workflowId: 'w', steps: [{ stepId: 'a', operationId: 'a', onSuccess }] }],
      }),
    );
    const { exitCode, stdout, stderr } = await gatewright(
      ['run', join(folder.path, 'a.arazzo.json'), '--server', `a=${backEnd.url}`, '--max-steps', '3'],
      { env: { XDG_STATE_HOME: folder.path } },
    );
    expect([exitCode, backEnd.received.length]).toEqual([1, 3]);
    expect(stdout + stderr).toContain('The run has tried 3 steps, retries included, which is as many as it may');
    await backEnd.close();
    await folder.remove();
  });
});

describe('gatewright run --dry-run', () => {
  it('shows the requests with what is known, and sends nothing', async () => {
    const backEnd = await startBackEnd(() => ({ status: 500 }));
    try {
      const { exitCode, stdout } = await gatewright([
        'run',
        published,
        ...inputs,
        '--gateway',
        backEnd.url,
        '--dry-run',
      ]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/createApi +POST +http:\/\/127\.0\.0\.1:\d+\/_gatewright\/member-names\/v2\/apis\n/);
      expect(stdout).toContain('"Name": "chat"');
      expect(stdout).toContain('/v2/apis/{$steps.createApi.outputs.apiId}/integrations');
      expect(stdout).toContain('"Target": "integrations/{$steps.createIntegration.outputs.integrationId}"');
      expect(backEnd.received).toEqual([]);
    } finally {
      await backEnd.close();
    }
  });

  it('gives programs one object per request, and needs no leave to call AWS', async () => {
    const { exitCode, stdout } = await gatewright(['run', published, ...inputs, '--dry-run', '--json']);
    expect(exitCode).toBe(0);
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonRecord);
    const requests = records.filter(({ kind }) => kind === 'planned-request');
    expect(requests.map(({ stepId, method }) => [stepId, method])).toEqual([
      ['createApi', 'POST'],
      ['createIntegration', 'POST'],
      ['createRoute', 'POST'],
    ]);
  });
});

describe('gatewright run --mock', () => {
  it('runs a document to its end with no server at all', async () => {
    const { exitCode, stdout, stderr } = await gatewright(['run', exampleDocument, ...inputs, ...mockInputs, '--mock']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/✓ createApi +POST +\/v2\/apis +201/);
    expect(stdout).toMatch(/✓ createDefaultRoute +POST/);
    expect(stdout).toMatch(/apiId +ApiId\n/);
  });

  it('names the criterion that no declared answer meets', async () => {
    const { path, remove } = await temporaryFolder();
    try {
      const api = {
        openapi: '3.1.0',
        info: { title: 'A', version: '1' },
        paths: { '/a': { get: { operationId: 'get', responses: { 200: { description: 'A' } } } } },
      };
      await writeFile(join(path, 'api.json'), JSON.stringify(api));
      const document = {
        arazzo: '1.0.1',
        info: { title: 'A', version: '1' },
        sourceDescriptions: [{ name: 'a', url: 'api.json' }],
        workflows: [
          {
            workflowId: 'w',
            steps: [{ stepId: 's', operationId: 'get', successCriteria: [{ condition: '$statusCode == 201' }] }],
          },
        ],
      };
      await writeFile(join(path, 'a.arazzo.json'), JSON.stringify(document));
      const { exitCode, stdout } = await gatewright(['run', join(path, 'a.arazzo.json'), '--mock']);
      expect(exitCode).toBe(1);
      expect(stdout).toContain('No answer that GET /a declares (200) meets the criteria of the step "s".');
      expect(stdout).toContain('$statusCode is 200, expected == 201.');
    } finally {
      await remove();
    }
  });
});

describe('gatewright check', () => {
  it('passes the example, whose API requires an input that its workflow does not', async () => {
    const { exitCode, stdout, stderr } = await gatewright(['check', exampleDocument]);
    expect({ exitCode, problems: stdout.split(': ').at(-1) }).toEqual({
      exitCode: 0,
      problems: '0 errors, 1 warning\n',
    });
    expect(stderr).toContain('"integrationType", which the workflow does not require');
  });

  it('warns of what published documents do, and refuses it with --strict', async () => {
    expect(await gatewright(['check', published])).toMatchObject({ exitCode: 0 });
    expect(await gatewright(['check', published, '--strict'])).toMatchObject({ exitCode: 1 });
  });
});
