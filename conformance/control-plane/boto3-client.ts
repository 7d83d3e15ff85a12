import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ControlPlaneClient, Members, Outcome } from './client.ts';

const script = fileURLToPath(new URL('boto3_client.py', import.meta.url));

/** Whether this machine has Python with boto3. */
export function hasBoto3(): boolean {
  return spawnSync('python3', ['-c', 'import boto3']).status === 0;
}

/** boto3 in a process of its own, without retries; it carries out one operation after the other. */
export async function createBoto3Client(endpoint: string): Promise<ControlPlaneClient> {
  const child = spawn('python3', [script, endpoint], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const waiting: { resolve(outcome: Outcome): void; reject(reason: Error): void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line) as Outcome));
  child.once('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('The process of boto3 ended without an answer.'));
  });
  const ask = (request: Members): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });
  return {
    call: (operation, input) => ask({ operation, input }),
    paginate: (operation, input, pageSize) => ask({ operation, input, pageSize }),
    async close() {
      child.stdin.end();
      await closed;
    },
  };
}
