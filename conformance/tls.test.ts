import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './harness/control-plane.ts';
import { ended, gatewright, type ServingProcess, startServing } from './harness/gatewright.ts';
import { exampleDocument } from './harness/paths.ts';
import { connect } from './harness/web-socket-client.ts';

let serving: ServingProcess;
let certificateFile: string;

beforeAll(async () => {
  certificateFile = (await gatewright(['certificate'])).stdout.trim();
  serving = await startServing(['serve', '--draft']);
});

afterAll(() => serving.kill());

/** The gateway's address with `https:` or `wss:`. */
function secured(url: string, scheme: 'https' | 'wss'): string {
  return url.replace(/^[a-z]+:/, `${scheme}:`);
}

describe('TLS on the port of the gateway', () => {
  it('lets clients connect that trust the certificate, beside those in plain text', async () => {
    const { apiEndpoint } = await createApi(serving.gateway);
    const clients = await Promise.all([
      connect(secured(apiEndpoint, 'wss'), { ca: readFileSync(certificateFile) }),
      connect(apiEndpoint),
    ]);
    for (const client of clients) {
      client.send('hello');
      expect(await client.message()).toMatch(/^\{"message": "Forbidden"/);
      await client.close();
    }
  });

  it('is reached by the command line itself, which is told what to trust', async () => {
    const apiEndpoint = secured((await createApi(serving.gateway)).apiEndpoint, 'wss');
    const trusting = await gatewright(['connect', apiEndpoint, '-m', 'hello'], {
      env: { NODE_EXTRA_CA_CERTS: certificateFile },
    });
    expect(trusting.stdout).toContain('Forbidden');
    expect((await gatewright(['connect', apiEndpoint, '-m', 'hello'])).exitCode).toBe(3);
  });

  it('takes pushes to https://{domainName}/{stage}, as code made for the service sends them', async () => {
    const { apiEndpoint } = await createApi(serving.gateway);
    const client = await connect(apiEndpoint);
    client.send('hello');
    const { connectionId } = JSON.parse(await client.message()) as { readonly connectionId: string };
    const handler = `
      const { ApiGatewayManagementApiClient, PostToConnectionCommand } = await import('@aws-sdk/client-apigatewaymanagementapi');
      const [domainName, stage, ConnectionId] = process.argv.slice(1);
      const client = new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage });
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: 'pushed' }));`;
    const { host } = new URL(serving.gateway);
    const { exitCode } = await ended(
      spawn(process.execPath, ['--input-type=module', '-e', handler, host, '$draft', connectionId], {
        cwd: import.meta.dirname,
        env: {
          ...process.env,
          NODE_EXTRA_CA_CERTS: certificateFile,
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
        },
      }),
    );
    expect(exitCode).toBe(0);
    expect(await client.message()).toBe('pushed');
    await client.close();
  });
});

describe('--tls-cert and --tls-key', () => {
  it('show a certificate of their own', async () => {
    const own = await startServing([
      ...['serve', '--draft', '--tls-cert', certificateFile],
      ...['--tls-key', certificateFile.replace(/\.pem$/, '.key.pem')],
    ]);
    const url = `${secured(own.gateway, 'wss')}/nothing`;
    await expect(connect(url, { ca: readFileSync(certificateFile) })).rejects.toThrow('refused with 403');
    await own.stop();
  });

  it('are refused before anything starts when they cannot be used', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatewright-'));
    const file = join(folder, 'no.pem');
    writeFileSync(file, 'no certificate');
    const { exitCode, stderr } = await gatewright(['up', exampleDocument, '--tls-cert', file, '--tls-key', file]);
    rmSync(folder, { recursive: true });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The certificate and its key cannot be used');
  });
});
