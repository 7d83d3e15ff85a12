import { describe, expect, it } from 'vitest';
import { gatewright } from './harness/gatewright.ts';
import { exampleDocument } from './harness/paths.ts';

describe('gatewright show', () => {
  it('shows inputs, steps with method and path, and outputs', async () => {
    const { exitCode, stdout, stderr } = await gatewright(['show', exampleDocument, 'build-websocket-api']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/name +string +required +What the API is called\./);
    expect(stdout).toMatch(
      /1 +createApi +POST +\/v2\/apis\n +2 +createIntegration +POST +\/v2\/apis\/\{api_id\}\/integrations/,
    );
    expect(stdout).toMatch(/apiEndpoint +\$steps\.createApi\.outputs\.apiEndpoint/);
    expect(stdout).not.toContain('answer-messages\n');
  });

  it('gives programs one object', async () => {
    const { stdout } = await gatewright(['show', exampleDocument, '--json']);
    const { kind, workflows } = JSON.parse(stdout) as { kind: string; workflows: { workflowId: string }[] };
    expect([kind, ...workflows.map(({ workflowId }) => workflowId)]).toEqual([
      'document',
      'build-websocket-api',
      'answer-messages',
    ]);
  });

  it('writes a flowchart', async () => {
    const { stdout } = await gatewright(['show', exampleDocument, 'build-websocket-api', '--mermaid']);
    expect(stdout).toMatch(/^flowchart TD\n {2}subgraph w1\["build-websocket-api"\]\n {4}w1s1\["createApi<br\/>POST/);
  });

  it('names the workflows that there are', async () => {
    const { exitCode, stderr } = await gatewright(['show', exampleDocument, 'nothing']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no workflow "nothing"; its workflows are "build-websocket-api"');
  });
});
